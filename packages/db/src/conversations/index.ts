export { addedTo, loadConversations, type OwnConversation, toConversation } from "./load.ts"
export { backForThread, isConversation, movedOn } from "./moved-on.ts"
