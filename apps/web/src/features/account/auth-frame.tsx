"use client"
import { TooltipProvider } from "@hearth/ui"
import type { ReactNode } from "react"
import { TrpcProvider } from "../trpc/index.ts"

/** Around the pages that need no session. */
export const AuthFrame = ({ children }: { children: ReactNode }) => (
  <TooltipProvider>
    <TrpcProvider>{children}</TrpcProvider>
  </TooltipProvider>
)
