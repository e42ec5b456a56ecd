-- Articles of 0.5, 2 (most of them), 20 and 100 KB, made of the sample article, which is nothing but figures, or of
-- TEXT, such as ../../benches/check/prose.txt, which is as most reports are. SIZE: articles of so many bytes alone.
local function read(path)
  local file = assert(io.open(path))
  local text = file:read("a")
  file:close()
  return text
end
local article = read(os.getenv("TEXT") or "../../data/articles/xiaomi-2023-q1.en.txt")
local function body(bytes)
  local text = string.rep(article, math.ceil(bytes / #article)):sub(1, bytes):gsub("[\128-\255]", "-")
  return '{"date": "2023-05-26", "text": "' .. text:gsub('[\\"]', "\\%0"):gsub("\n", "\\n") .. '"}'
end
local sizes = tonumber(os.getenv("SIZE") or "0")
local bodies = sizes > 0 and { body(sizes) } or { body(500), body(2000), body(2000), body(2000), body(2000), body(2000), body(2000), body(20000), body(100000), body(500) }
local turn = 0
request = function()
  turn = turn % #bodies + 1
  return wrk.format("POST", nil, { ["Content-Type"] = "application/json" }, bodies[turn])
end
