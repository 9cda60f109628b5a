"use client"
import { createContext, type ReactNode, useContext, useMemo, useState } from "react"

export interface Voice {
  /** When the listener is done with what is being read. */
  say: (text: string) => void
  /** At once: something that was meant to happen did not. */
  alarm: (text: string) => void
}

const VoiceContext = createContext<Voice>({ say: () => {}, alarm: () => {} })

/** Says what can be seen and has no focus: once, and never twice for the same thing. */
export const useVoice = () => useContext(VoiceContext)

interface Said {
  text: string
  /** The same words again are new words. */
  n: number
}
const silence: Said = { text: "", n: 0 }

/** The two regions that a screen reader listens to. They stand there from the start: one that comes with its words is not heard. */
export const VoiceProvider = ({ children }: { children: ReactNode }) => {
  const [polite, setPolite] = useState(silence)
  const [urgent, setUrgent] = useState(silence)
  const voice = useMemo<Voice>(
    () => ({
      say: (text) => setPolite(({ n }) => ({ text, n: n + 1 })),
      alarm: (text) => setUrgent(({ n }) => ({ text, n: n + 1 })),
    }),
    [],
  )
  return (
    <VoiceContext value={voice}>
      {children}
      <div className="unseen" role="status" data-voice="polite">
        <span key={polite.n}>{polite.text}</span>
      </div>
      <div className="unseen" role="alert" data-voice="urgent">
        <span key={urgent.n}>{urgent.text}</span>
      </div>
    </VoiceContext>
  )
}
