import { ownWords } from "@hearth/core"

/** Whether somebody is addressed by name. Asked of the text as it was typed: what is in code counts, and is not worth a tree. */
export const mentions = (content: string, userId: string): boolean =>
  content.includes(`<@${userId}>`) && ownWords(content).includes(`<@${userId}>`)
