"""What the actions of the log are called by a person. Pure."""

from dashboard.audit import Outcome

ACTIONS = {
    "audit.exported": "Exported the audit log",
    "audit.read": "Opened the audit log",
    "bulk.begun": "Started a bulk job",
    "bulk.change_planned": "Planned a bulk change",
    "bulk.deletion_planned": "Planned a bulk deletion",
    "bulk.halted": "Stopped a bulk job",
    "bulk.result_exported": "Took the result of a bulk job",
    "credentials.cleared": "Emptied credentials",
    "credentials.connect_address_made": "Made a connect address",
    "credentials.provider_removed": "Removed a provider",
    "credentials.provider_restored": "Restored a provider",
    "credentials.revealed": "Revealed credentials",
    "credentials.saved": "Changed credentials",
    "credentials.saved_unlisted": "Added credentials without a list of integrations",
    "credentials.token_removed": "Removed a device token",
    "credentials.tokens_added": "Added device tokens",
    "credentials.tokens_moved": "Moved device tokens",
    "credentials.undone": "Took back a change of credentials",
    "door.refused": "Turned away at the door",
    "import.planned": "Planned an import",
    "import.planned_with_credentials": "Planned an import with credentials",
    "people.imported": "Imported a part of a file",
    "messages.action_set": "Set a message's buttons",
    "messages.all_marked": "Marked all messages",
    "messages.restored": "Gave messages their state back",
    "messages.archived": "Archived a message, or took it back",
    "messages.marked": "Marked messages",
    "messages.snoozed": "Snoozed a message, or took it back",
    "messages.deleted": "Deleted a message",
    "operator.added": "Added an operator",
    "operator.code_refused": "Was refused with a code at sign-in",
    "operator.locked": "Locked an operator",
    "operator.password_set": "Set an operator's password",
    "operator.policy_set": "Changed what everybody may see",
    "operator.recovery_code_used": "Signed in with a recovery code",
    "operator.role_set": "Changed an operator's role",
    "operator.second_factor_reset": "Reset an operator's second factor",
    "operator.sessions_ended": "Ended an operator's sessions",
    "operator.sign_in_refused": "Was refused at sign-in",
    "operator.signed_in": "Signed in",
    "operator.signed_out": "Signed out",
    "operator.unlocked": "Unlocked an operator",
    "operators.read": "Opened the operators",
    "own.password_changed": "Changed one's own password",
    "own.proved": "Showed again who it is",
    "own.second_factor_turned_off": "Turned off one's own second factor",
    "own.second_factor_turned_on": "Turned on one's own second factor",
    "own.sessions_ended": "Signed out everywhere",
    "preferences.changed": "Changed preferences",
    "preferences.changed_in_bulk": "Changed several preferences",
    "production.locked": "Locked production",
    "production.unlocked": "Unlocked production",
    "subscriber.changed": "Changed a person",
    "subscriber.created": "Created a person",
    "subscriber.data_exported": "Exported all data of a person",
    "subscriber.deleted": "Deleted a person",
    "subscriber.online_set": "Set the online state",
    "subscribers.exported": "Exported people",
    "subscribers.exported_with_secrets": "Exported people with their secrets",
    "subscriber.history_read": "Opened who changed a person",
    "topics.joined": "Let a person join a topic",
    "topics.left": "Took a person off a topic",
    "workflow.triggered": "Sent a test message",
}
ABOUT_PEOPLE = frozenset({"credentials", "messages", "preferences", "subscriber", "topics", "workflow"})
OUTCOMES = {
    Outcome.DONE: ("Done", "good"),
    Outcome.FAILED: ("Failed", "bad"),
    Outcome.REFUSED: ("Refused", "warn"),
    Outcome.UNKNOWN: ("Not known", "warn"),
    Outcome.CANCELLED: ("Cancelled", ""),
    Outcome.BEGUN: ("Begun", ""),
}


def action(name: str) -> str:
    """An action in words; one that has none is called by its name."""
    return ACTIONS.get(name, name)


def is_about_a_person(name: str) -> bool:
    """Whether the subject of such a line is the id of a person."""
    return name.partition(".")[0] in ABOUT_PEOPLE
