import { onDemand } from "@hearth/ui"

/** The picker in a float beside a button, and its data: loaded when somebody is about to need them. */
export const emojiPicker = onDemand(() => import("./emoji-popover.tsx"))
