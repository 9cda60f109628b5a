export const complete = {
  upTo: "{n, plural, =0 {Nothing was said here yet} other {Complete up to #}}",
  notYet: "Not complete yet",
  verify: "Verify",
  everything: "Everything is here.",
  mended:
    "{n, plural, =1 {1 message was missing or old here} other {# messages were missing or old here}}. Now everything is here.",
} as const
