"""What the actions of the log are called by a person. Pure."""

from dashboard.audit import Outcome

ACTIONS = {
    "audit.exported": "Export the audit log",
    "audit.read": "Open the audit log",
    "bulk.begun": "Start a bulk job",
    "bulk.change_planned": "Plan a bulk change",
    "bulk.deletion_planned": "Plan a bulk deletion",
    "bulk.halted": "Stop a bulk job",
    "bulk.result_exported": "Download a job's result",
    "credentials.cleared": "Clear credentials",
    "credentials.connect_address_made": "Create a connect link",
    "credentials.provider_removed": "Remove a provider",
    "credentials.provider_restored": "Restore a provider",
    "credentials.revealed": "Reveal credentials",
    "credentials.saved": "Change credentials",
    "credentials.saved_unlisted": "Add credentials without an integration list",
    "credentials.token_removed": "Remove a device token",
    "credentials.tokens_added": "Add device tokens",
    "credentials.tokens_moved": "Move device tokens",
    "credentials.undone": "Undo a change of credentials",
    "door.refused": "Send a request",
    "import.planned": "Plan an import",
    "import.planned_with_credentials": "Plan an import with credentials",
    "people.imported": "Import part of a file",
    "messages.action_set": "Set a message's buttons",
    "messages.all_marked": "Mark all messages",
    "messages.restored": "Restore the state of messages",
    "messages.archived": "Archive or unarchive a message",
    "messages.marked": "Mark messages",
    "messages.snoozed": "Snooze or unsnooze a message",
    "messages.deleted": "Delete a message",
    "operator.added": "Add an operator",
    "operator.code_refused": "Enter a sign-in code",
    "operator.locked": "Lock an operator",
    "operator.password_set": "Set an operator's password",
    "operator.policy_set": "Change a policy",
    "operator.recovery_code_used": "Sign in with a recovery code",
    "operator.role_set": "Change an operator's role",
    "operator.second_factor_reset": "Reset an operator's second factor",
    "operator.sessions_ended": "End an operator's sessions",
    "operator.sign_in_refused": "Try to sign in",
    "operator.signed_in": "Sign in",
    "operator.signed_out": "Sign out",
    "operator.unlocked": "Unlock an operator",
    "operators.read": "Open the operators",
    "own.password_changed": "Change own password",
    "own.proved": "Confirm identity again",
    "own.second_factor_turned_off": "Turn off own second factor",
    "own.second_factor_turned_on": "Turn on own second factor",
    "own.sessions_ended": "Sign out everywhere",
    "preferences.changed": "Change preferences",
    "preferences.changed_in_bulk": "Change several preferences",
    "production.locked": "Lock production",
    "production.unlocked": "Unlock production",
    "subscriber.changed": "Change a person",
    "subscriber.created": "Create a person",
    "subscriber.data_exported": "Export all data of a person",
    "subscriber.deleted": "Delete a person",
    "subscriber.online_set": "Set the online state",
    "subscribers.exported": "Export people",
    "subscribers.exported_with_secrets": "Export people with secrets",
    "subscriber.history_read": "Open a person's history",
    "topics.joined": "Add a person to a topic",
    "topics.left": "Remove a person from a topic",
    "workflow.triggered": "Send a test message",
}
ABOUT_PEOPLE = frozenset({"credentials", "messages", "preferences", "subscriber", "topics", "workflow"})
OUTCOMES = {
    Outcome.DONE: ("Done", "good"),
    Outcome.FAILED: ("Failed", "bad"),
    Outcome.REFUSED: ("Refused", "warn"),
    Outcome.UNKNOWN: ("Unknown", "warn"),
    Outcome.CANCELLED: ("Cancelled", ""),
    Outcome.BEGUN: ("Started", ""),
}


def action(name: str) -> str:
    """An action in words; one that has none is called by its name."""
    return ACTIONS.get(name, name)


def is_about_a_person(name: str) -> bool:
    """Whether the subject of such a line is the id of a person."""
    return name.partition(".")[0] in ABOUT_PEOPLE
