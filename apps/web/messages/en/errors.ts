/**
 * Failures. English readers see the sentence that core or the server sent; these are for the other languages, and the sentences are
 * found by their words (src/i18n/error-text.ts).
 */
export const errors = {
  /** When a sentence is not known here: what the code means. */
  codes: {
    BAD_REQUEST: "That is not as it should be.",
    UNAUTHENTICATED: "Please sign in.",
    FORBIDDEN: "You may not do that.",
    WRONG_CREDENTIALS: "E-mail address or password is wrong.",
    WRONG_SETUP_CODE: "That is not the code that was printed at the start.",
    ALREADY_SET_UP: "This Hearth is set up already.",
    REGISTRATION_CLOSED: "One cannot make an account here right now.",
    EMAIL_TAKEN: "There is an account with this e-mail address already.",
    UNKNOWN_GUILD: "There is no such server.",
    UNKNOWN_CHANNEL: "There is no such channel.",
    UNKNOWN_MESSAGE: "There is no such message.",
    UNKNOWN_MEMBER: "There is no such member.",
    UNKNOWN_ROLE: "There is no such role.",
    UNKNOWN_SESSION: "That session has ended already.",
    UNKNOWN_INVITE: "This invite does not exist or is not valid any more.",
    TOO_MANY: "There are too many already.",
    TOO_LARGE: "That is too large.",
    CONFLICT: "That has changed meanwhile. Please try again.",
    RATE_LIMITED: "That was too often. Please try again in {seconds, number} s.",
    UNAVAILABLE: "That does not work right now. Please try again in a moment.",
    INTERNAL: "Something went wrong. Please try again.",
  },
  sentences: {
    "this-browser-could-not-keep-the-message-please-try-again":
      "This browser could not keep the message. Please try again.",
    "you-may-not-manage-this-server-s-roles": "You may not manage this server's roles.",
    "a-role-cannot-allow-what-you-may-not-do-yourself": "A role cannot allow what you may not do yourself.",
    "a-server-has-at-most-n-roles-delete-one-first": "A server has at most {n, number} roles. Delete one first.",
    "that-is-not-a-portrait": "That is not a portrait.",
    "an-invite-has-at-least-one-use": "An invite has at least one use.",
    "an-invite-has-at-most-n-uses": "An invite has at most {n, number} uses.",
    "an-invite-lives-for-at-least-a-minute": "An invite lives for at least a minute.",
    "an-invite-lives-for-at-most-n-days-or-for-ever": "An invite lives for at most {n, number} days, or for ever.",
    "the-invite-code-is-empty": "The invite code is empty.",
    "that-is-not-an-invite-code": "That is not an invite code.",
    "this-invite-does-not-exist-or-is-not-valid-any-more-ask-for-a-new-one":
      "This invite does not exist or is not valid any more. Ask for a new one.",
    "a-server-has-at-most-n-invites-revoke-some-first": "A server has at most {n, number} invites. Revoke some first.",
    "you-may-not-invite-people-to-this-server": "You may not invite people to this server.",
    "you-may-revoke-only-your-own-invites": "You may revoke only your own invites.",
    "a-password-has-at-least-n-characters": "A password has at least {n, number} characters.",
    "that-password-is-too-long": "That password is too long.",
    "that-e-mail-address-is-too-long": "That e-mail address is too long.",
    "that-is-not-an-e-mail-address": "That is not an e-mail address.",
    "there-is-an-account-with-this-e-mail-address-already-sign-in-instead":
      "There is an account with this e-mail address already. Sign in instead.",
    "e-mail-address-or-password-is-wrong": "E-mail address or password is wrong.",
    "the-old-password-is-not-right": "The old password is not right.",
    "one-needs-an-invite-to-make-an-account-here-ask-somebody-who-is-in":
      "One needs an invite to make an account here. Ask somebody who is in.",
    "please-sign-in": "Please sign in.",
    "signing-in-did-not-work-please-try-again": "Signing in did not work. Please try again.",
    "too-many-people-are-signing-in-please-try-again-in-a-moment":
      "Too many people are signing in. Please try again in a moment.",
    "too-many-tries-please-wait-n-seconds": "Too many tries. Please wait {n, number} seconds.",
    "too-many-tries-please-wait-n-minutes": "Too many tries. Please wait {n, number} minutes.",
    "that-session-has-ended-already": "That session has ended already.",
    "that-is-not-a-session": "That is not a session.",
    "the-session-has-ended": "The session has ended.",
    "this-hearth-is-not-set-up-yet-whoever-started-it-has-a-code-for-that":
      "This Hearth is not set up yet. Whoever started it has a code for that.",
    "this-hearth-is-set-up-already-sign-in-instead": "This Hearth is set up already. Sign in instead.",
    "that-is-not-the-code-that-was-printed-at-the-start-it-stands-at-the-end-of-the-output":
      "That is not the code that was printed at the start. It stands at the end of the output.",
    "the-name-is-too-long": "The name is too long.",
    "the-name-has-broken-characters": "The name has broken characters.",
    "the-name-is-empty": "The name is empty.",
    "the-name-has-more-than-n-characters": "The name has more than {n, number} characters.",
    "the-server-s-name-is-too-long": "The server's name is too long.",
    "the-server-s-name-has-broken-characters": "The server's name has broken characters.",
    "the-server-s-name-is-empty": "The server's name is empty.",
    "the-server-s-name-has-more-than-n-characters": "The server's name has more than {n, number} characters.",
    "the-channel-s-name-is-too-long": "The channel's name is too long.",
    "the-channel-s-name-has-broken-characters": "The channel's name has broken characters.",
    "the-channel-s-name-is-empty": "The channel's name is empty.",
    "the-channel-s-name-has-more-than-n-characters": "The channel's name has more than {n, number} characters.",
    "the-topic-is-too-long": "The topic is too long.",
    "the-topic-has-broken-characters": "The topic has broken characters.",
    "the-topic-has-more-than-n-characters": "The topic has more than {n, number} characters.",
    "the-message-is-too-long": "The message is too long.",
    "the-message-is-empty": "The message is empty.",
    "the-message-has-broken-characters": "The message has broken characters.",
    "the-message-has-control-characters": "The message has control characters.",
    "the-message-has-more-than-n-characters": "The message has more than {n, number} characters.",
    "the-message-was-changed-in-the-meantime-please-look-at-it-again":
      "The message was changed in the meantime. Please look at it again.",
    "that-cannot-be-sent": "That cannot be sent.",
    "that-is-somebody-else-s-message": "That is somebody else's message.",
    "that-is-not-one-emoji": "That is not one emoji.",
    "that-text-has-a-character-that-cannot-be-kept": "That text has a character that cannot be kept.",
    "you-are-writing-too-fast-please-wait-a-moment": "You are writing too fast. Please wait a moment.",
    "this-channel-is-in-slow-mode-please-wait-a-moment": "This channel is in slow mode. Please wait a moment.",
    "you-may-not-do-that-in-this-channel": "You may not do that in this channel.",
    "many-people-write-here-at-once-try-again-in-a-moment": "Many people write here at once. Try again in a moment.",
    "messages-are-out-of-reach-just-now-try-again-in-a-moment":
      "Messages are out of reach just now. Try again in a moment.",
    "you-have-saved-very-many-messages-mark-some-of-them-as-done-first":
      "You have saved very many messages. Mark some of them as done first.",
    "the-message-is-just-being-sent": "The message is just being sent.",
    "very-many-of-your-messages-wait-for-their-time-send-some-of-them-first":
      "Very many of your messages wait for their time. Send some of them first.",
    "that-is-more-than-a-year-away": "That is more than a year away.",
    "you-may-not-pin-messages-in-this-channel": "You may not pin messages in this channel.",
    "a-channel-has-at-most-n-pinned-messages-unpin-one-first":
      "A channel has at most {n, number} pinned messages. Unpin one first.",
    "only-who-wrote-it-and-who-may-manage-messages-can-see-what-it-said-before":
      "Only who wrote it, and who may manage messages, can see what it said before.",
    "this-hearth-cannot-read-a-message-with-the-keys-that-it-was-given":
      "This Hearth cannot read a message with the keys that it was given.",
    "a-server-has-at-most-n-channels-delete-one-first": "A server has at most {n, number} channels. Delete one first.",
    "one-can-be-in-at-most-n-servers-leave-one-first": "One can be in at most {n, number} servers. Leave one first.",
    "the-channels-have-changed-meanwhile-please-try-again": "The channels have changed meanwhile. Please try again.",
    "there-is-nothing-to-change": "There is nothing to change.",
    "the-channel-did-not-load": "The channel did not load.",
    "too-many-channels-are-open": "Too many channels are open.",
    "one-can-give-and-take-only-roles-below-one-s-own": "One can give and take only roles below one's own.",
    "one-cannot-remove-oneself-leave-the-server-instead": "One cannot remove oneself. Leave the server instead.",
    "this-member-s-highest-role-is-not-below-yours": "This member's highest role is not below yours.",
    "you-may-not-change-members-roles": "You may not change members' roles.",
    "you-may-not-remove-members": "You may not remove members.",
    "you-may-not-change-this-server": "You may not change this server.",
    "only-the-owner-may-delete-a-server": "Only the owner may delete a server.",
    "the-owner-cannot-leave-a-server-delete-it-instead": "The owner cannot leave a server. Delete it instead.",
    "the-member-list-is-not-available-right-now-it-comes-back-by-itself":
      "The member list is not available right now. It comes back by itself.",
    "there-is-no-such-server": "There is no such server.",
    "there-is-no-such-channel": "There is no such channel.",
    "there-is-no-such-message": "There is no such message.",
    "there-is-no-such-member": "There is no such member.",
    "there-is-no-such-role": "There is no such role.",
    "this-page-is-older-or-newer-than-the-server-please-reload-it":
      "This page is older or newer than the server. Please reload it.",
    "there-is-no-connection-right-now-please-try-again-in-a-moment":
      "There is no connection right now. Please try again in a moment.",
    "the-connection-ended-a-new-one-comes-by-itself": "The connection ended. A new one comes by itself.",
    "this-connection-has-ended-a-new-one-comes-by-itself": "This connection has ended. A new one comes by itself.",
    "the-connection-could-not-be-opened-right-now": "The connection could not be opened right now.",
    "the-server-did-not-answer-please-try-again-in-a-moment":
      "The server did not answer. Please try again in a moment.",
    "the-server-did-not-answer-in-time-please-try-again-in-a-moment":
      "The server did not answer in time. Please try again in a moment.",
    "the-server-does-not-answer-please-try-again-in-a-moment":
      "The server does not answer. Please try again in a moment.",
    "the-database-does-not-answer-please-try-again-in-a-moment":
      "The database does not answer. Please try again in a moment.",
    "this-server-cannot-do-that-right-now-please-try-again-in-a-moment":
      "This server cannot do that right now. Please try again in a moment.",
    "this-server-cannot-take-you-in-right-now": "This server cannot take you in right now.",
    "this-server-is-not-ready-yet": "This server is not ready yet.",
    "too-much-is-going-on-right-now-please-try-again-in-a-moment":
      "Too much is going on right now. Please try again in a moment.",
    "too-much-is-waiting-please-try-again-in-a-moment": "Too much is waiting. Please try again in a moment.",
    "that-was-too-much-at-once-please-try-again-in-a-moment":
      "That was too much at once. Please try again in a moment.",
    "that-was-too-often-please-try-again-in-n-s": "That was too often. Please try again in {n, number} s.",
    "the-request-is-too-large": "The request is too large.",
    "something-broke-on-our-side-and-was-written-down-please-try-again":
      "Something broke on our side, and was written down. Please try again.",
    "something-went-wrong-on-our-side-please-try-again": "Something went wrong on our side. Please try again.",
    "something-went-wrong-please-try-again": "Something went wrong. Please try again.",
  },
} as const
