import { onDemand } from "@hearth/ui"

/** An open channel. A document of one brings it along: `RoomAhead` of it stands in the page. */
export const room = onDemand<Pick<typeof import("./room.tsx"), "Room" | "Tour">>(() => import("./room.tsx"))
