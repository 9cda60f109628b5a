export { addedTo, loadConversations, type OwnConversation, toConversation } from "./load.ts"
export { isConversation, movedOn } from "./moved-on.ts"
