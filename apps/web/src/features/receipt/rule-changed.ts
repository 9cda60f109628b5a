const NAME = "hearth-receipts"

/** One turned receipts on or off here: all pages of this browser are to hear of it. */
export const ruleChanged = () => {
  const channel = new BroadcastChannel(NAME)
  channel.postMessage(null)
  channel.close()
}

/** Returns how to stop listening. */
export const onRuleChanged = (listener: () => void) => {
  const channel = new BroadcastChannel(NAME)
  channel.onmessage = listener
  return () => channel.close()
}
