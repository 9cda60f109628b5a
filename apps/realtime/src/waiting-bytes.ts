interface Waiting {
  data?: string | Buffer
  options?: { wsPreEncodedFrame?: Buffer[] }
}
/** The part of an Engine.IO connection that shows what waits for its socket. */
export interface WaitingConn {
  writeBuffer: Waiting[]
  transport: { socket?: { bufferedAmount?: number } }
}

/** A packet that waits is asked for its size again and again. */
const measured = new WeakMap<Waiting, number>()

const bytesOf = (packet: Waiting): number => {
  const known = measured.get(packet)
  if (known !== undefined) return known
  const { data, options } = packet
  // The same frame for a whole room: it was encoded once already.
  const frame = options?.wsPreEncodedFrame
  const bytes = frame ? frame.reduce((n, part) => n + part.length, 0) : data === undefined ? 0 : Buffer.byteLength(data)
  measured.set(packet, bytes)
  return bytes
}

/** Bytes that wait for a socket: in Engine.IO's buffer, which is where a reader that does not read shows, and in the transport's. */
export const waitingBytes = ({ writeBuffer, transport }: WaitingConn): number => {
  let bytes = transport.socket?.bufferedAmount ?? 0
  for (const packet of writeBuffer) bytes += bytesOf(packet)
  return bytes
}
