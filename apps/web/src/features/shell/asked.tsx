"use client"
import { PinsDialog } from "../act/pins-dialog.tsx"
import { ReactorsDialog } from "../act/reactors-dialog.tsx"
import { VersionsDialog } from "../act/versions-dialog.tsx"
import { ChannelDialog } from "../channel/channel-dialog.tsx"
import { ConversationsDialog } from "../conversation/conversations-dialog.tsx"
import { GroupDialog, LeaveGroupDialog } from "../conversation/group-dialog.tsx"
import { NewConversationDialog } from "../conversation/new-conversation-dialog.tsx"
import { CreateGuildDialog } from "../guild/create-guild-dialog.tsx"
import { JoinDialog } from "../guild/join-dialog.tsx"
import { LeaveDialog } from "../guild/leave-dialog.tsx"
import { InviteDialog } from "../invite/invite-dialog.tsx"
import { ForwardDialog } from "../forward/forward-dialog.tsx"
import { LaterDialog } from "../later/later-dialog.tsx"
import { EndPollDialog } from "../poll/end-poll-dialog.tsx"
import { PollDialog } from "../poll/poll-dialog.tsx"
import { VotersDialog } from "../poll/voters-dialog.tsx"
import { ScheduleDialog } from "../schedule/schedule-dialog.tsx"
import { ReceiptsDialog } from "../receipt/receipts-dialog.tsx"
import { ProfilePopover } from "../profile/profile-popover.tsx"
import { StatusDialog } from "../status/status-dialog.tsx"
import { ThreadsDialog } from "../thread/threads-dialog.tsx"
import type { Ask, DialogState } from "./dialogs.tsx"
import { KeysSheet } from "./keys-sheet.tsx"
import { QuickSwitcher } from "./quick-switcher.tsx"

/** The dialog that answers what was asked for. */
export const Asked = ({ ask, ...state }: { ask: Ask } & DialogState) => {
  switch (ask.kind) {
    case "create-guild":
      return <CreateGuildDialog {...state} />
    case "join":
      return <JoinDialog {...state} />
    case "leave":
      return <LeaveDialog guildId={ask.guildId} {...state} />
    case "invite":
      return <InviteDialog guildId={ask.guildId} {...state} />
    case "create-channel":
      return <ChannelDialog guildId={ask.guildId} {...state} />
    case "edit-channel":
      return <ChannelDialog guildId={ask.guildId} channelId={ask.channelId} {...state} />
    case "reactors":
      return <ReactorsDialog {...ask} {...state} />
    case "versions":
      return <VersionsDialog {...ask} {...state} />
    case "pins":
      return <PinsDialog {...ask} {...state} />
    case "threads":
      return <ThreadsDialog {...ask} {...state} />
    case "forward":
      return <ForwardDialog {...ask} {...state} />
    case "later":
      return <LaterDialog {...ask} {...state} />
    case "poll":
      return <PollDialog {...ask} {...state} />
    case "end-poll":
      return <EndPollDialog {...ask} {...state} />
    case "voters":
      return <VotersDialog {...ask} {...state} />
    case "schedule":
      return <ScheduleDialog {...ask} {...state} />
    case "new-conversation":
      return <NewConversationDialog {...ask} {...state} />
    case "conversations":
      return <ConversationsDialog {...state} />
    case "group":
      return <GroupDialog {...ask} {...state} />
    case "leave-group":
      return <LeaveGroupDialog {...ask} {...state} />
    case "receipts":
      return <ReceiptsDialog {...ask} {...state} />
    case "profile":
      return <ProfilePopover {...ask} {...state} />
    case "status":
      return <StatusDialog {...state} />
    case "jump":
      return <QuickSwitcher {...state} />
    case "keys":
      return <KeysSheet {...state} />
  }
}
