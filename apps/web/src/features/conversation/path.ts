import type { Snowflake } from "@hearth/core"

export const messagesPath = "/messages"
export const requestsPath = "/messages/requests"
export const friendsPath = "/friends"
/** Of a group's picture, for its people. */
export const iconPath = (icon: string | undefined): string | undefined => icon && `/api/icons/${icon}`
export const conversationPath = (conversationId: Snowflake): string => `/messages/${conversationId}`
