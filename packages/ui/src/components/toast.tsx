"use client"
import { Toast as Base } from "@base-ui/react/toast"
import type { ReactNode } from "react"
import { CheckCircleIcon, WarningCircleIcon, XIcon } from "../icons.ts"
import { IconButton } from "./icon-button.tsx"

const List = ({ closeLabel }: { closeLabel: string }) => {
  const { toasts } = Base.useToastManager()
  return toasts.map((toast) => (
    <Base.Root key={toast.id} toast={toast} className="toast" swipeDirection={[]}>
      {toast.type === "error" ? (
        <WarningCircleIcon className="i" weight="fill" aria-hidden="true" />
      ) : (
        <CheckCircleIcon className="i" aria-hidden="true" />
      )}
      <Base.Title className="grow" render={<span />} />
      <Base.Close
        render={<IconButton small label={closeLabel} icon={<XIcon className="i s" aria-hidden="true" />} />}
      />
    </Base.Root>
  ))
}

/** Stands once around the app. Toasts wait in the corner, are read aloud, and go after five seconds. */
export const ToastProvider = ({ closeLabel, children }: { closeLabel: string; children: ReactNode }) => (
  <Base.Provider timeout={5000} limit={3}>
    {children}
    <Base.Portal>
      <Base.Viewport className="toasts">
        <List closeLabel={closeLabel} />
      </Base.Viewport>
    </Base.Portal>
  </Base.Provider>
)

/** Says what happened and cannot be seen otherwise. Never what is visible anyway. */
export const useToast = (): { say: (text: string) => void; complain: (text: string) => void } => {
  const { add } = Base.useToastManager()
  return {
    say: (text) => void add({ title: text }),
    complain: (text) => void add({ title: text, type: "error", priority: "high", timeout: 10_000 }),
  }
}
