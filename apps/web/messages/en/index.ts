import { account } from "./account.ts"
import { act } from "./act.ts"
import { admin } from "./admin.ts"
import { alert } from "./alert.ts"
import { broken } from "./broken.ts"
import { catchUp } from "./catch-up.ts"
import { channel } from "./channel.ts"
import { common } from "./common.ts"
import { complete } from "./complete.ts"
import { compose } from "./compose.ts"
import { conversation } from "./conversation.ts"
import { draft } from "./draft.ts"
import { emoji } from "./emoji.ts"
import { errors } from "./errors.ts"
import { first } from "./first.ts"
import { friend } from "./friend.ts"
import { guild } from "./guild.ts"
import { invite } from "./invite.ts"
import { later } from "./later.ts"
import { member } from "./member.ts"
import { message } from "./message.ts"
import { poll } from "./poll.ts"
import { profile } from "./profile.ts"
import { receipt } from "./receipt.ts"
import { report } from "./report.ts"
import { schedule } from "./schedule.ts"
import { settings } from "./settings.ts"
import { setup } from "./setup.ts"
import { shell } from "./shell.ts"
import { status } from "./status.ts"
import { thread } from "./thread.ts"
import { title } from "./title.ts"

/** The source: keys, arguments and the English words of all texts, a file a feature. */
export const en = {
  account,
  act,
  admin,
  alert,
  broken,
  catchUp,
  channel,
  common,
  complete,
  compose,
  conversation,
  draft,
  emoji,
  errors,
  first,
  friend,
  guild,
  invite,
  later,
  member,
  message,
  poll,
  profile,
  receipt,
  report,
  schedule,
  settings,
  setup,
  shell,
  status,
  thread,
  title,
}
