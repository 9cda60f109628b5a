export { ChangePasswordRequest, StartPoll, UpdateAccountRequest, UpdateGuildRequest } from "@hearth/core"
