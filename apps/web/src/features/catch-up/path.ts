export const mentionsPath = "/catch-up/mentions"
