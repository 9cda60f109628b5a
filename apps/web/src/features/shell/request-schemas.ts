export {
  AlertRequest,
  AskFriendRequest,
  ChangePasswordRequest,
  StartPoll,
  UpdateAccountRequest,
  UpdateGuildRequest,
} from "@hearth/core"
