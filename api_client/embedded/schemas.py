"""The shapes of bodies and answers, one line for each field list.

A field is `name:type`; `!` after the name means required, `?` after the type that null is allowed. A type is
`string`, `number`, `boolean`, `object`, `any`, the name of another shape, a list `[type]`, words `one|other`.
In a query `=` gives the default, with `..` the greatest value.
"""

from .providers import CHAT, PUSH

CHAT_AND_PUSH = "|".join(CHAT + PUSH)
PERSON = (
    "firstName:string? lastName:string? email:string? phone:string? avatar:string? timezone:string? "
    "locale:string? data:object?"
)
MESSAGE = (
    "_id!:string _templateId!:string _environmentId!:string _messageTemplateId!:string "
    "_organizationId!:string _notificationId!:string _subscriberId!:string _feedId!:string? "
    "createdAt!:string transactionId!:string templateIdentifier:string providerId:string content!:string "
    "subject:string channel!:in_app|email|sms|chat|push read!:boolean seen!:boolean deviceTokens:[string] "
    "cta!:MessageCTA status!:sent|error|warning payload:object overrides:object "
)
PAGE = "page!:number hasMore!:boolean pageSize!:number "

SHAPES: dict[str, str] = {
    "SubscriberResponseDto": "_id:string subscriberId!:string channels:[ChannelSettingsDto] topics:[string] "
    "isOnline:boolean lastOnlineAt:string? _organizationId!:string _environmentId!:string deleted!:boolean "
    f"createdAt!:string updatedAt!:string __v:number {PERSON}",
    "ChannelSettingsDto": "providerId!:string integrationIdentifier:string credentials:ChannelCredentials "
    "_integrationId:string",
    "ChannelCredentials": "webhookUrl:string channel:string deviceTokens:[string] alertUid:string "
    "title:string imageUrl:string state:string externalUrl:string",
    "PaginatedResponseDto": f"{PAGE}data!:[SubscriberResponseDto]",
    "ListSubscribersResponseDto": "data!:[SubscriberResponseDto] next!:string? previous!:string? "
    "totalCount!:number totalCountCapped!:boolean",
    "CreateSubscriberRequestDto": f"subscriberId!:string {PERSON}",
    "PatchSubscriberRequestDto": PERSON,
    "RemoveSubscriberResponseDto": "acknowledged!:boolean status!:string",
    "BulkSubscriberCreateDto": "subscribers!:[CreateSubscriberRequestDto]",
    "BulkCreateSubscriberResponseDto": "updated!:[UpdatedSubscriberDto] created!:[CreatedSubscriberDto] "
    "failed!:[FailedOperationDto]",
    "UpdatedSubscriberDto": "subscriberId!:string",
    "CreatedSubscriberDto": "subscriberId!:string",
    "FailedOperationDto": "message:string subscriberId:string",
    "UpdateSubscriberChannelRequestDto": f"providerId!:{CHAT_AND_PUSH} integrationIdentifier:string "
    "credentials!:ChannelCredentials",
    "UpdateSubscriberOnlineFlagRequestDto": "isOnline!:boolean",
    "FeedResponseDto": f"{PAGE}totalCount:number data!:[NotificationFeedItemDto]",
    "NotificationFeedItemDto": f"{MESSAGE}_jobId!:string updatedAt:string actor:ActorFeedItemDto "
    "subscriber:SubscriberFeedResponseDto archived:boolean tags:[string]",
    "ActorFeedItemDto": "data!:string? type!:none|user|system_icon|system_custom",
    "SubscriberFeedResponseDto": "_id:string firstName:string lastName:string avatar:string "
    "subscriberId!:string",
    "MessageResponseDto": f"{MESSAGE}lastSeenDate:string lastReadDate:string email:string phone:string "
    "directWebhookUrl:string title:string errorId:string errorText:string",
    "MessageCTA": "type:redirect data:MessageCTAData action:MessageAction",
    "MessageCTAData": "url:string",
    "MessageAction": "status:string buttons:[MessageButton] result:MessageActionResult",
    "MessageButton": "type!:primary|secondary content!:string resultContent:string url:string target:string",
    "MessageActionResult": "payload:any type:string",
    "UnseenCountResponse": "count!:number",
    "MessageMarkAsRequestDto": "messageId!:StringOrList markAs!:read|seen|unread|unseen",
    "MarkAllMessageAsRequestDto": "feedIdentifier:StringOrList markAs!:read|seen|unread|unseen",
    "MarkMessageActionAsSeenDto": "status!:pending|done payload:object",
    "GetSubscriberPreferencesDto": "global!:GlobalPreferenceDto workflows!:[WorkflowPreferenceDto]",
    "GlobalPreferenceDto": "enabled!:boolean channels!:PreferenceChannels schedule:object",
    "PreferenceChannels": "email:boolean? sms:boolean? in_app:boolean? chat:boolean? push:boolean?",
    "WorkflowPreferenceDto": "enabled!:boolean channels!:PreferenceChannels overrides!:[Overrides] "
    "workflow!:WorkflowInfoDto updatedAt:string",
    "Overrides": "channel!:email|sms|in_app|chat|push source!:subscriber|template|workflowOverride",
    "WorkflowInfoDto": "slug!:string identifier!:string name!:string updatedAt:string",
    "PatchSubscriberPreferencesDto": "channels:PatchPreferenceChannelsDto workflowId:string schedule:object",
    "PatchPreferenceChannelsDto": "email:boolean sms:boolean in_app:boolean push:boolean chat:boolean",
    "ErrorDto": "statusCode!:number timestamp!:string path!:string message!:string ctx:object errorId:string "
    "errors:object",
}
