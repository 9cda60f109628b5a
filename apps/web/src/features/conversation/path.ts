import type { Snowflake } from "@hearth/core"

export const messagesPath = "/messages"
export const requestsPath = "/messages/requests"
export const friendsPath = "/friends"
export const conversationPath = (conversationId: Snowflake): string => `/messages/${conversationId}`
