import { headers } from "next/headers"
import { preload } from "react-dom"
import { FIRST_PAGE } from "../../../../../../../features/message/first-page.ts"
import { RoomAhead } from "../../../../../../../features/shell/room.tsx"
import { API } from "../../../../../../../features/trpc/api-path.ts"
import { addressOf } from "../../../../../../../features/trpc/http.ts"

// The shell draws it, from the address. What a first visit reads comes while its code does.
const ChannelPage = async ({ params }: { params: Promise<{ channelId: string }> }) => {
  const { channelId } = await params
  const isFirst = (await headers()).get("sec-fetch-dest") === "document"
  if (isFirst && /^[0-9]{1,20}$/.test(channelId))
    preload(addressOf(API, "message.page", { channelId, limit: FIRST_PAGE }), {
      as: "fetch",
      crossOrigin: "anonymous",
    })
  return isFirst ? <RoomAhead /> : null
}

export default ChannelPage
