export {
  AlertRequest,
  AskFriendRequest,
  ChangePasswordRequest,
  SetStatusRequest,
  StartPoll,
  UpdateAccountRequest,
  UpdateGuildRequest,
} from "@hearth/core"
