import { requireSession } from "../../../features/shell/caller.ts"

const StartPage = async () => {
  await requireSession("/")
  return null
}

export default StartPage
