import type { Translation } from "../../src/i18n/catalogs.ts"
import type { en } from "../en/index.ts"

export const errors: Translation<typeof en.errors> = {
  codes: {
    BAD_REQUEST: "So geht das nicht.",
    UNAUTHENTICATED: "Bitte melde dich an.",
    FORBIDDEN: "Das darfst du nicht.",
    WRONG_CREDENTIALS: "E-Mail-Adresse oder Passwort stimmt nicht.",
    WRONG_SETUP_CODE: "Das ist nicht der Code, der beim Start ausgegeben wurde.",
    ALREADY_SET_UP: "Dieser Hearth ist schon eingerichtet.",
    REGISTRATION_CLOSED: "Hier kann man gerade kein Konto anlegen.",
    EMAIL_TAKEN: "Mit dieser E-Mail-Adresse gibt es schon ein Konto.",
    UNKNOWN_GUILD: "Diesen Server gibt es nicht.",
    UNKNOWN_CHANNEL: "Diesen Kanal gibt es nicht.",
    UNKNOWN_MESSAGE: "Diese Nachricht gibt es nicht.",
    UNKNOWN_MEMBER: "Dieses Mitglied gibt es nicht.",
    UNKNOWN_ROLE: "Diese Rolle gibt es nicht.",
    UNKNOWN_SESSION: "Diese Sitzung ist schon beendet.",
    UNKNOWN_INVITE: "Diese Einladung gibt es nicht, oder sie gilt nicht mehr.",
    TOO_MANY: "Es sind schon zu viele.",
    TOO_LARGE: "Das ist zu groß.",
    CONFLICT: "Das hat sich inzwischen geändert. Bitte versuche es noch einmal.",
    POLL_ENDED: "Diese Umfrage ist zu Ende.",
    RATE_LIMITED: "Das war zu oft. Bitte versuche es in {seconds, number} s noch einmal.",
    UNAVAILABLE: "Das geht gerade nicht. Bitte versuche es gleich noch einmal.",
    INTERNAL: "Etwas ist schiefgegangen. Bitte versuche es noch einmal.",
  },
  sentences: {
    "a-poll-has-at-least-two-options": "Eine Umfrage hat mindestens zwei Antworten.",
    "that-is-not-a-friend-code": "Das ist kein Freundescode.",
    "a-friend-code-has-n-letters-and-digits": "Ein Freundescode hat {n, number} Buchstaben und Ziffern.",
    "say-who-it-is-or-give-a-code": "Sag, wer es ist, oder gib einen Code an.",
    "you-have-asked-many-people-already-take-some-of-your-requests-back-first":
      "Du hast schon viele Leute gefragt. Nimm zuerst einige Anfragen zurück.",
    "that-is-you": "Das bist du.",
    "you-blocked-this-person-unblock-them-first": "Du hast diese Person blockiert. Gib sie zuerst frei.",
    "this-request-is-not-there-any-more": "Diese Anfrage gibt es nicht mehr.",
    "one-has-at-most-n-friends": "Man hat höchstens {n, number} Freunde.",
    "a-report-has-at-most-n-characters": "Eine Meldung hat höchstens {n, number} Zeichen.",
    "a-report-is-too-long": "Die Meldung ist zu lang.",
    "the-report-has-broken-characters": "Die Meldung enthält kaputte Zeichen.",
    "there-is-nobody-like-that-whom-you-could-report": "So jemanden gibt es nicht, den du melden könntest.",
    "one-does-not-block-oneself": "Sich selbst blockiert man nicht.",
    "no-icon-can-be-made-of-that-take-a-picture-as-png-jpeg-webp-or-gif":
      "Daraus lässt sich kein Bild der Gruppe machen. Nimm ein Bild als PNG, JPEG, WebP oder GIF.",
    "files-cannot-be-kept-or-read-right-now-please-try-again-in-a-moment":
      "Dateien lassen sich gerade weder ablegen noch lesen. Bitte versuche es gleich noch einmal.",
    "too-many-pictures-are-being-made-right-now-please-try-again-in-a-moment":
      "Gerade werden zu viele Bilder gemacht. Bitte versuche es gleich noch einmal.",
    "the-request-did-not-come-to-its-end": "Die Anfrage kam nicht zu Ende.",
    "that-took-too-long-please-try-again": "Das hat zu lange gedauert. Bitte versuche es noch einmal.",
    "a-request-carries-a-picture": "Eine Anfrage enthält ein Bild.",
    "that-is-not-a-file": "Das ist keine Datei.",
    "a-conversation-of-two-stays-as-it-is": "Eine Unterhaltung zu zweit bleibt, wie sie ist.",
    "only-who-looks-after-the-group-may-do-that": "Das darf nur, wer sich um die Gruppe kümmert.",
    "a-group-has-at-most-n-people": "Eine Gruppe hat höchstens {n, number} Personen.",
    "one-can-be-in-at-most-n-groups-leave-one-first":
      "Man kann in höchstens {n, number} Gruppen sein. Verlasse erst eine.",
    "one-leaves-a-group-by-oneself": "Aus einer Gruppe geht man selbst.",
    "there-is-nobody-like-that-whom-you-could-write-to": "So jemanden, dem du schreiben könntest, gibt es nicht.",
    "one-does-not-write-to-oneself": "Sich selbst schreibt man nicht.",
    "this-is-not-a-request-any-more": "Das ist keine Anfrage mehr.",
    "a-poll-has-at-most-ten-options": "Eine Umfrage hat höchstens zehn Antworten.",
    "a-poll-stays-as-it-was-asked": "Eine Umfrage bleibt, wie sie gestellt wurde.",
    "an-option-has-at-most-n-characters": "Eine Antwort hat höchstens {n, number} Zeichen.",
    "nobody-is-told-who-voted-in-this-poll": "Niemand erfährt, wer bei dieser Umfrage wie abgestimmt hat.",
    "the-question-is-too-long": "Die Frage ist zu lang.",
    "this-poll-has-ended": "Diese Umfrage ist zu Ende.",
    "two-options-say-the-same": "Zwei Antworten sind gleich.",
    "this-browser-could-not-keep-the-message-please-try-again":
      "Dieser Browser konnte die Nachricht nicht aufbewahren. Bitte versuche es noch einmal.",
    "you-may-not-manage-this-server-s-roles": "Du darfst die Rollen dieses Servers nicht verwalten.",
    "a-role-cannot-allow-what-you-may-not-do-yourself": "Eine Rolle kann nicht erlauben, was du selbst nicht darfst.",
    "a-server-has-at-most-n-roles-delete-one-first": "Ein Server hat höchstens {n, number} Rollen. Lösche erst eine.",
    "that-is-not-a-portrait": "Das ist kein Porträt.",
    "an-invite-has-at-least-one-use": "Eine Einladung gilt für mindestens eine Person.",
    "an-invite-has-at-most-n-uses": "Eine Einladung gilt für höchstens {n, number} Personen.",
    "an-invite-lives-for-at-least-a-minute": "Eine Einladung gilt mindestens eine Minute.",
    "an-invite-lives-for-at-most-n-days-or-for-ever": "Eine Einladung gilt höchstens {n, number} Tage, oder für immer.",
    "the-invite-code-is-empty": "Der Einladungscode ist leer.",
    "that-is-not-an-invite-code": "Das ist kein Einladungscode.",
    "this-invite-does-not-exist-or-is-not-valid-any-more-ask-for-a-new-one":
      "Diese Einladung gibt es nicht, oder sie gilt nicht mehr. Bitte um eine neue.",
    "a-server-has-at-most-n-invites-revoke-some-first":
      "Ein Server hat höchstens {n, number} Einladungen. Nimm erst einige zurück.",
    "you-may-not-invite-people-to-this-server": "Du darfst niemanden auf diesen Server einladen.",
    "you-may-revoke-only-your-own-invites": "Du darfst nur deine eigenen Einladungen zurücknehmen.",
    "a-password-has-at-least-n-characters": "Ein Passwort hat mindestens {n, number} Zeichen.",
    "that-password-is-too-long": "Dieses Passwort ist zu lang.",
    "that-e-mail-address-is-too-long": "Diese E-Mail-Adresse ist zu lang.",
    "that-is-not-an-e-mail-address": "Das ist keine E-Mail-Adresse.",
    "there-is-an-account-with-this-e-mail-address-already-sign-in-instead":
      "Mit dieser E-Mail-Adresse gibt es schon ein Konto. Melde dich damit an.",
    "e-mail-address-or-password-is-wrong": "E-Mail-Adresse oder Passwort stimmt nicht.",
    "the-old-password-is-not-right": "Das alte Passwort stimmt nicht.",
    "one-needs-an-invite-to-make-an-account-here-ask-somebody-who-is-in":
      "Für ein Konto braucht man hier eine Einladung. Frag jemanden, der schon da ist.",
    "please-sign-in": "Bitte melde dich an.",
    "signing-in-did-not-work-please-try-again": "Die Anmeldung hat nicht geklappt. Bitte versuche es noch einmal.",
    "too-many-people-are-signing-in-please-try-again-in-a-moment":
      "Gerade melden sich zu viele an. Bitte versuche es gleich noch einmal.",
    "too-many-tries-please-wait-n-seconds":
      "Zu viele Versuche. Bitte warte {n, plural, =1 {eine Sekunde} other {# Sekunden}}.",
    "too-many-tries-please-wait-n-minutes":
      "Zu viele Versuche. Bitte warte {n, plural, =1 {eine Minute} other {# Minuten}}.",
    "that-session-has-ended-already": "Diese Sitzung ist schon beendet.",
    "that-is-not-a-session": "Das ist keine Sitzung.",
    "the-session-has-ended": "Die Sitzung ist beendet.",
    "this-hearth-is-not-set-up-yet-whoever-started-it-has-a-code-for-that":
      "Dieser Hearth ist noch nicht eingerichtet. Wer ihn gestartet hat, hat einen Code dafür.",
    "this-hearth-is-set-up-already-sign-in-instead": "Dieser Hearth ist schon eingerichtet. Melde dich an.",
    "that-is-not-the-code-that-was-printed-at-the-start-it-stands-at-the-end-of-the-output":
      "Das ist nicht der Code, der beim Start ausgegeben wurde. Er steht am Ende der Ausgabe.",
    "the-name-is-too-long": "Der Name ist zu lang.",
    "the-name-has-broken-characters": "Der Name enthält kaputte Zeichen.",
    "the-name-is-empty": "Der Name ist leer.",
    "the-name-has-more-than-n-characters": "Der Name hat mehr als {n, number} Zeichen.",
    "the-server-s-name-is-too-long": "Der Name des Servers ist zu lang.",
    "the-server-s-name-has-broken-characters": "Der Name des Servers enthält kaputte Zeichen.",
    "the-server-s-name-is-empty": "Der Name des Servers ist leer.",
    "the-server-s-name-has-more-than-n-characters": "Der Name des Servers hat mehr als {n, number} Zeichen.",
    "the-channel-s-name-is-too-long": "Der Name des Kanals ist zu lang.",
    "the-channel-s-name-has-broken-characters": "Der Name des Kanals enthält kaputte Zeichen.",
    "the-channel-s-name-is-empty": "Der Name des Kanals ist leer.",
    "the-channel-s-name-has-more-than-n-characters": "Der Name des Kanals hat mehr als {n, number} Zeichen.",
    "the-topic-is-too-long": "Das Thema ist zu lang.",
    "the-topic-has-broken-characters": "Das Thema enthält kaputte Zeichen.",
    "the-topic-has-more-than-n-characters": "Das Thema hat mehr als {n, number} Zeichen.",
    "the-status-is-too-long": "Der Status ist zu lang.",
    "the-status-has-broken-characters": "Der Status enthält kaputte Zeichen.",
    "the-status-has-more-than-n-characters": "Der Status hat mehr als {n, number} Zeichen.",
    "the-note-is-too-long": "Die Notiz ist zu lang.",
    "the-note-has-broken-characters": "Die Notiz enthält kaputte Zeichen.",
    "the-note-has-more-than-n-characters": "Die Notiz hat mehr als {n, number} Zeichen.",
    "the-keyword-is-too-long": "Das Stichwort ist zu lang.",
    "the-keyword-has-broken-characters": "Das Stichwort enthält kaputte Zeichen.",
    "the-keyword-is-empty": "Das Stichwort ist leer.",
    "the-keyword-has-more-than-n-characters": "Das Stichwort hat mehr als {n, number} Zeichen.",
    "the-keyword-has-no-letter-and-no-digit": "Das Stichwort hat keinen Buchstaben und keine Ziffer.",
    "you-have-n-keywords-remove-one-first": "Du hast {n, number} Stichwörter. Entferne zuerst eines.",
    "the-message-is-too-long": "Die Nachricht ist zu lang.",
    "the-message-is-empty": "Die Nachricht ist leer.",
    "the-message-has-broken-characters": "Die Nachricht enthält kaputte Zeichen.",
    "the-message-has-control-characters": "Die Nachricht enthält Steuerzeichen.",
    "the-message-has-more-than-n-characters": "Die Nachricht hat mehr als {n, number} Zeichen.",
    "the-message-was-changed-in-the-meantime-please-look-at-it-again":
      "Die Nachricht wurde inzwischen geändert. Bitte sieh sie dir noch einmal an.",
    "that-cannot-be-sent": "Das lässt sich nicht senden.",
    "that-is-somebody-else-s-message": "Das ist die Nachricht von jemand anderem.",
    "that-is-not-one-emoji": "Das ist nicht genau ein Emoji.",
    "that-text-has-a-character-that-cannot-be-kept":
      "Dieser Text enthält ein Zeichen, das sich nicht aufbewahren lässt.",
    "you-are-writing-too-fast-please-wait-a-moment": "Du schreibst zu schnell. Bitte warte einen Augenblick.",
    "this-channel-is-in-slow-mode-please-wait-a-moment":
      "In diesem Kanal geht es langsam zu. Bitte warte einen Moment.",
    "you-may-not-do-that-in-this-channel": "Das darfst du in diesem Kanal nicht.",
    "many-people-write-here-at-once-try-again-in-a-moment":
      "Hier schreiben viele zugleich. Versuche es gleich noch einmal.",
    "messages-are-out-of-reach-just-now-try-again-in-a-moment":
      "Die Nachrichten sind gerade nicht erreichbar. Versuche es gleich noch einmal.",
    "you-have-saved-very-many-messages-mark-some-of-them-as-done-first":
      "Du hast sehr viele Nachrichten aufgehoben. Erledige erst einige davon.",
    "the-message-is-just-being-sent": "Die Nachricht wird gerade gesendet.",
    "very-many-of-your-messages-wait-for-their-time-send-some-of-them-first":
      "Sehr viele deiner Nachrichten warten auf ihre Zeit. Sende zuerst einige davon.",
    "that-is-more-than-a-year-away": "Das ist mehr als ein Jahr entfernt.",
    "what-is-said-in-a-thread-is-not-pinned": "Was in einem Thread steht, wird nicht angeheftet.",
    "a-thread-has-no-threads-of-its-own": "Ein Thread hat keine eigenen Threads.",
    "you-may-not-write-in-this-channel": "In diesem Kanal darfst du nicht schreiben.",
    "you-may-not-pin-messages-in-this-channel": "Du darfst in diesem Kanal keine Nachrichten anheften.",
    "a-channel-has-at-most-n-pinned-messages-unpin-one-first":
      "Ein Kanal hat höchstens {n, number} angeheftete Nachrichten. Löse erst eine.",
    "only-who-wrote-it-and-who-may-manage-messages-can-see-what-it-said-before":
      "Was vorher da stand, sieht nur, wer sie geschrieben hat oder Nachrichten verwalten darf.",
    "this-hearth-cannot-read-a-message-with-the-keys-that-it-was-given":
      "Dieses Hearth kann eine Nachricht mit den Schlüsseln, die es bekommen hat, nicht lesen.",
    "a-server-has-at-most-n-channels-delete-one-first":
      "Ein Server hat höchstens {n, number} Kanäle. Lösche erst einen.",
    "one-can-be-in-at-most-n-servers-leave-one-first":
      "Man kann auf höchstens {n, number} Servern sein. Verlasse erst einen.",
    "the-channels-have-changed-meanwhile-please-try-again":
      "Die Kanäle haben sich inzwischen geändert. Bitte versuche es noch einmal.",
    "there-is-nothing-to-change": "Es gibt nichts zu ändern.",
    "the-channel-did-not-load": "Der Kanal wurde nicht geladen.",
    "too-many-channels-are-open": "Zu viele Kanäle sind offen.",
    "one-can-give-and-take-only-roles-below-one-s-own":
      "Man kann nur Rollen geben und nehmen, die unter der eigenen stehen.",
    "one-cannot-remove-oneself-leave-the-server-instead":
      "Man kann sich nicht selbst entfernen. Verlasse stattdessen den Server.",
    "this-member-s-highest-role-is-not-below-yours": "Die höchste Rolle dieses Mitglieds steht nicht unter deiner.",
    "you-may-not-change-members-roles": "Du darfst die Rollen von Mitgliedern nicht ändern.",
    "you-may-not-remove-members": "Du darfst keine Mitglieder entfernen.",
    "you-may-not-change-this-server": "Du darfst diesen Server nicht ändern.",
    "only-the-owner-may-delete-a-server": "Nur wer den Server besitzt, darf ihn löschen.",
    "the-owner-cannot-leave-a-server-delete-it-instead":
      "Wer den Server besitzt, kann ihn nicht verlassen. Lösche ihn stattdessen.",
    "the-member-list-is-not-available-right-now-it-comes-back-by-itself":
      "Die Mitgliederliste ist gerade nicht da. Sie kommt von selbst wieder.",
    "there-is-no-such-server": "Diesen Server gibt es nicht.",
    "there-is-no-such-channel": "Diesen Kanal gibt es nicht.",
    "there-is-no-such-message": "Diese Nachricht gibt es nicht.",
    "there-is-no-such-member": "Dieses Mitglied gibt es nicht.",
    "there-is-no-such-role": "Diese Rolle gibt es nicht.",
    "this-page-is-older-or-newer-than-the-server-please-reload-it":
      "Diese Seite ist älter oder neuer als der Server. Bitte lade sie neu.",
    "there-is-no-connection-right-now-please-try-again-in-a-moment":
      "Es gibt gerade keine Verbindung. Bitte versuche es gleich noch einmal.",
    "the-connection-ended-a-new-one-comes-by-itself": "Die Verbindung ist abgebrochen. Eine neue kommt von selbst.",
    "this-connection-has-ended-a-new-one-comes-by-itself": "Diese Verbindung ist beendet. Eine neue kommt von selbst.",
    "the-connection-could-not-be-opened-right-now": "Die Verbindung ließ sich gerade nicht öffnen.",
    "the-server-did-not-answer-please-try-again-in-a-moment":
      "Der Server hat nicht geantwortet. Bitte versuche es gleich noch einmal.",
    "the-server-did-not-answer-in-time-please-try-again-in-a-moment":
      "Der Server hat nicht rechtzeitig geantwortet. Bitte versuche es gleich noch einmal.",
    "the-server-does-not-answer-please-try-again-in-a-moment":
      "Der Server antwortet nicht. Bitte versuche es gleich noch einmal.",
    "the-database-does-not-answer-please-try-again-in-a-moment":
      "Die Datenbank antwortet nicht. Bitte versuche es gleich noch einmal.",
    "this-server-cannot-do-that-right-now-please-try-again-in-a-moment":
      "Dieser Server kann das gerade nicht. Bitte versuche es gleich noch einmal.",
    "this-server-cannot-take-you-in-right-now": "Dieser Server kann dich gerade nicht aufnehmen.",
    "this-server-is-not-ready-yet": "Dieser Server ist noch nicht bereit.",
    "too-much-is-going-on-right-now-please-try-again-in-a-moment":
      "Gerade ist zu viel los. Bitte versuche es gleich noch einmal.",
    "too-much-is-waiting-please-try-again-in-a-moment": "Zu viel wartet gerade. Bitte versuche es gleich noch einmal.",
    "that-was-too-much-at-once-please-try-again-in-a-moment":
      "Das war zu viel auf einmal. Bitte versuche es gleich noch einmal.",
    "that-was-too-often-please-try-again-in-n-s": "Das war zu oft. Bitte versuche es in {n, number} s noch einmal.",
    "the-request-is-too-large": "Die Anfrage ist zu groß.",
    "something-broke-on-our-side-and-was-written-down-please-try-again":
      "Bei uns ist etwas kaputtgegangen, und es wurde notiert. Bitte versuche es noch einmal.",
    "something-went-wrong-on-our-side-please-try-again":
      "Bei uns ist etwas schiefgegangen. Bitte versuche es noch einmal.",
    "something-went-wrong-please-try-again": "Etwas ist schiefgegangen. Bitte versuche es noch einmal.",
  },
}
