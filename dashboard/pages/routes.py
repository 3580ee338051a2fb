"""Every page, by an explicit list: nothing is found by magic."""

from dashboard import paths
from dashboard.components.shell import SubPage
from dashboard.pages.audit.page import open_audit
from dashboard.pages.imports.page import open_imports
from dashboard.pages.jobs.job import open_job
from dashboard.pages.jobs.page import open_jobs
from dashboard.pages.operators.page import open_operators
from dashboard.pages.subscriber.page import open_person
from dashboard.pages.subscribers.page import open_list

SUB_PAGES: dict[str, SubPage] = {
    paths.HOME: open_list,
    paths.SUBSCRIBERS: open_list,
    paths.SUBSCRIBER_ROUTE: open_person,
    paths.IMPORTS: open_imports,
    paths.JOBS: open_jobs,
    paths.JOB_ROUTE: open_job,
    paths.AUDIT: open_audit,
    paths.OPERATORS: open_operators,
}
