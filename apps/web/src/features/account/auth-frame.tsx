"use client"
import { TooltipProvider } from "@hearth/ui"
import type { ReactNode } from "react"

/** Around the pages that need no session. */
export const AuthFrame = ({ children }: { children: ReactNode }) => <TooltipProvider>{children}</TooltipProvider>
