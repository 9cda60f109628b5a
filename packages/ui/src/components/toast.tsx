"use client"
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from "react"
import { CheckCircleIcon, WarningCircleIcon, XIcon } from "../icons.ts"
import { IconButton } from "./icon-button.tsx"

interface Toast {
  id: number
  text: string
  bad: boolean
}

const SAID_MS = 5000
const COMPLAINED_MS = 10_000
const MOST = 3

interface Sayings {
  say: (text: string) => void
  complain: (text: string) => void
}

interface Props {
  /** What the corner is called. */
  label: string
  closeLabel: string
  children: ReactNode
}

const ToastContext = createContext<Sayings | null>(null)
let count = 0

/** Stands once around the app. Toasts wait in the corner, are read aloud, and go after five seconds, but not while one is at them. */
export const ToastProvider = ({ label, closeLabel, children }: Props) => {
  const [toasts, setToasts] = useState<readonly Toast[]>([])
  const [held, setHeld] = useState(false)
  const add = useCallback(
    // What is said already is said once, and longer.
    (text: string, bad: boolean) =>
      setToasts((old) => [...old.filter((t) => t.text !== text), { id: ++count, text, bad }].slice(-MOST)),
    [],
  )
  const close = useCallback((id: number) => setToasts((old) => old.filter((t) => t.id !== id)), [])
  const sayings = useMemo<Sayings>(
    () => ({ say: (text) => add(text, false), complain: (text) => add(text, true) }),
    [add],
  )
  return (
    <ToastContext value={sayings}>
      {children}
      <section aria-label={label} aria-live="polite">
        <div
          className="toasts"
          onPointerEnter={() => setHeld(true)}
          onPointerLeave={() => setHeld(false)}
          onFocus={() => setHeld(true)}
          onBlur={() => setHeld(false)}
        >
          {toasts.map((toast) => (
            <ToastView key={toast.id} toast={toast} held={held} closeLabel={closeLabel} onClose={close} />
          ))}
        </div>
      </section>
    </ToastContext>
  )
}

interface ViewProps {
  toast: Toast
  held: boolean
  closeLabel: string
  onClose: (id: number) => void
}

const ToastView = ({ toast, held, closeLabel, onClose }: ViewProps) => {
  const { id, text, bad } = toast
  const [starting, setStarting] = useState(true)
  useEffect(() => {
    const frame = requestAnimationFrame(() => setStarting(false))
    return () => cancelAnimationFrame(frame)
  }, [])
  useEffect(() => {
    if (held) return
    const timer = setTimeout(() => onClose(id), bad ? COMPLAINED_MS : SAID_MS)
    return () => clearTimeout(timer)
  }, [held, id, bad, onClose])
  return (
    <div className="toast" role={bad ? "alert" : undefined} data-starting-style={starting ? "" : undefined}>
      {bad ? (
        <WarningCircleIcon className="i" weight="fill" aria-hidden="true" />
      ) : (
        <CheckCircleIcon className="i" aria-hidden="true" />
      )}
      <span className="grow">{text}</span>
      <IconButton
        small
        label={closeLabel}
        icon={<XIcon className="i s" aria-hidden="true" />}
        onClick={() => onClose(id)}
      />
    </div>
  )
}

/** Says what happened and cannot be seen otherwise. Never what is visible anyway. */
export const useToast = (): Sayings => {
  const sayings = useContext(ToastContext)
  if (!sayings) throw new Error("useToast needs a ToastProvider above it")
  return sayings
}
