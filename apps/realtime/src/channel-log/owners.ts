import { type Snowflake, steadyNow } from "@hearth/core"
import type { NodeInfo, Owners } from "../ports.ts"

export interface OwnersOptions {
  /** How long a node that refused or was late is passed over, in ms. */
  suspectMs?: number
}
export const ownersDefaults: Required<OwnersOptions> = { suspectMs: 5_000 }

/** FNV-1a over the id's characters, begun with `seed`. */
const hash = (text: string, seed: number): number => {
  let h = seed
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  return h >>> 0
}
/** Spreads every bit over all: FNV alone leaves the order of two nodes to the last characters. */
const mix = (value: number): number => {
  let h = value
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/**
 * Rendezvous hashing: each node gets a score for the channel, the highest owns it. All nodes with the same list agree without
 * a word, and a node that comes or goes moves only its own share of channels.
 */
export const createOwners = (deps: {
  selfId: string
  /** The living as last heard; stays as it is while nobody can tell. */
  nodes: () => readonly NodeInfo[]
  onNodes: (listener: () => void) => () => void
  clock?: () => number
  options?: OwnersOptions
}): Owners => {
  const { selfId, nodes, onNodes, clock = steadyNow } = deps
  const { suspectMs } = { ...ownersDefaults, ...deps.options }
  const suspects = new Map<string, number>()
  const seeds = new Map<string, number>()
  const seedOf = (id: string) => {
    let seed = seeds.get(id)
    if (seed === undefined) seeds.set(id, (seed = mix(hash(id, 0x811c9dc5))))
    return seed
  }
  const suspected = (id: string): boolean => {
    const until = suspects.get(id)
    if (until === undefined) return false
    if (until > clock()) return true
    suspects.delete(id)
    return false
  }

  return {
    ownerOf(channelId: Snowflake) {
      let best: NodeInfo | null = null
      let bestScore = -1
      for (const node of nodes()) {
        if (node.id !== selfId && suspected(node.id)) continue
        const score = mix(hash(channelId, seedOf(node.id)))
        if (score > bestScore) {
          best = node
          bestScore = score
        }
      }
      return best && best.id !== selfId ? best : null
    },
    suspect(nodeId) {
      suspects.set(nodeId, clock() + suspectMs)
    },
    onChange: onNodes,
  }
}
