# The classic homework: a proxy, four servers of two policies, six clients, each a program of its own.
#
#   powershell -ExecutionPolicy Bypass -File examples\classic.ps1        the proxy on port 2100
#   powershell -ExecutionPolicy Bypass -File examples\classic.ps1 3100   on port 3100
#
# Any of the programs can be your own: put its command in the place of ours.
param([int]$Port = 2100)
$ErrorActionPreference = 'Stop'

$program = Join-Path $PSScriptRoot '..\bin\roundabout.mjs'
$lines = Join-Path ([IO.Path]::GetTempPath()) ([guid]::NewGuid().ToString())
New-Item -ItemType Directory -Path $lines | Out-Null
$started = @()

# Builds, if need be, before the programs start.
node $program --version | Out-Null

function Start-Program([string]$Name, [string[]]$Arguments) {
  Start-Process node -ArgumentList (@("`"$program`"") + $Arguments) -NoNewWindow -PassThru `
    -RedirectStandardOutput (Join-Path $lines $Name)
}

# Waits until the proxy has printed this.
function Wait-For([string]$Text) {
  $file = Join-Path $lines 'proxy'
  while (-not ((Test-Path $file) -and (Select-String -Path $file -SimpleMatch $Text -Quiet))) {
    # What it says of it is above: errors are not redirected.
    if ($started[0].HasExited) { throw 'The proxy has ended.' }
    Start-Sleep -Milliseconds 100
  }
}

try {
  $started += Start-Program 'proxy' @('proxy', '-port', $Port)
  Wait-For 'Listening'

  foreach ($server in @(@(100, 111, 5), @(200, 222, 10), @(300, 111, 15), @(400, 222, 20))) {
    $id, $policy, $offset = $server
    $started += Start-Program "server-$id" @(
      'server', '-id', $id, '-pp', $policy, '-listen', ($Port + $offset), '-revproc', $Port)
    Wait-For "registration from server $id "
  }

  foreach ($client in @(@(1, 111), @(2, 111), @(3, 222), @(4, 111), @(5, 222), @(6, 222))) {
    $id, $policy = $client
    $packet = Join-Path $lines 'packet.json'
    $message = @{ type = 0; srcid = $id; privPoliId = $policy; payloadsize = 4; payload = "xyz$id" }
    [IO.File]::WriteAllText($packet, ($message | ConvertTo-Json -Compress))
    Write-Output "== client $id"
    node $program client -id $id -revproc $Port -pkt $packet
  }

  Write-Output '== the proxy'
  Get-Content (Join-Path $lines 'proxy')
} finally {
  $started | Where-Object { -not $_.HasExited } | Stop-Process -Force -ErrorAction SilentlyContinue
  $started | Wait-Process -ErrorAction SilentlyContinue
  Remove-Item -Recurse $lines
}
