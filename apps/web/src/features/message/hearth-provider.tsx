"use client"

import type { ReactNode } from "react"
import { GatewayProvider } from "../gateway/provider.tsx"
import { Received } from "../receipt/received.tsx"
import { MessageProvider } from "./services.tsx"

/** All that a signed-in page stands on: requests, the gateway, messages. Once a tab. */
export const HearthProvider = ({ children, fallback }: { children: ReactNode; fallback?: ReactNode }) => (
  <GatewayProvider fallback={fallback}>
    <MessageProvider>{children}</MessageProvider>
    <Received />
  </GatewayProvider>
)
