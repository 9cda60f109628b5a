import { createHash } from "node:crypto"

/** A script and the digest that Redis knows it by. */
export interface Script {
  lua: string
  sha: string
}
const script = (lua: string): Script => ({ lua, sha: createHash("sha1").update(lua).digest("hex") })

// KEYS: the buckets · ARGV: the cost, then for each bucket the µs of one token and the burst. A bucket is its theoretical
// arrival time by Redis' own clock; a key that is gone is a full bucket.

/** Answers 0, or how many ms to wait; then nothing was taken from any bucket. */
export const TAKE = script(`
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local cost, wait, arrivals = tonumber(ARGV[1]), 0, {}
for i, key in ipairs(KEYS) do
  local step, burst = tonumber(ARGV[2 * i]), tonumber(ARGV[2 * i + 1])
  arrivals[i] = math.max(tonumber(redis.call('GET', key) or '0'), now) + step * cost
  wait = math.max(wait, arrivals[i] - step * burst - now)
end
if wait > 0 then return math.ceil(wait / 1000) end
for i, key in ipairs(KEYS) do
  redis.call('SET', key, string.format('%.0f', arrivals[i]), 'PX', math.ceil((arrivals[i] - now) / 1000) + 1)
end
return 0`)

export const REFUND = script(`
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
for i, key in ipairs(KEYS) do
  local at = redis.call('GET', key)
  if at then
    local left = tonumber(at) - tonumber(ARGV[2 * i]) * tonumber(ARGV[1])
    if left > now then
      redis.call('SET', key, string.format('%.0f', left), 'PX', math.ceil((left - now) / 1000) + 1)
    else
      redis.call('DEL', key)
    end
  end
end
return 0`)
