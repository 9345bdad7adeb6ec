#!/usr/bin/env bash
# Fuzzes the parsers of LlmMemory.Core with AFL++ and SharpFuzz.
# fuzz.sh TARGET|all SECONDS [FOLDER]   all targets run at the same time; FOLDER (artifacts/fuzz) takes what is found,
#                                       and a later run goes on from there.
set -euo pipefail
target=${1:?name a target: config, safetensors, gguf, training or all}
seconds=${2:?say for how many seconds}
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
folder=${3:-$root/artifacts/fuzz}
mkdir -p "$folder"

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
# afl-fuzz looks into the program that it starts, which is dotnet itself, and would tune the machine.
export AFL_SKIP_BIN_CHECK=1 AFL_SKIP_CPUFREQ=1 AFL_NO_AFFINITY=1 AFL_NO_UI=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_AUTORESUME=1
# Starting .NET takes longer than starting a program of C does.
export AFL_FORKSRV_INIT_TMOUT=60000

install_tools() {
    command -v afl-fuzz >/dev/null || { apt-get update -qq && apt-get install -y -qq afl++ >/dev/null; }
    [ -x "$folder/tools/sharpfuzz" ] ||
        dotnet tool install SharpFuzz.CommandLine --version 2.3.0 --tool-path "$folder/tools" >/dev/null
}

# The copy is instrumented; what the other projects use is not.
build_program() {
    rm -rf "$folder/program"
    dotnet build "$here" -c Release --verbosity quiet
    cp -r "$here/bin/Release/net10.0" "$folder/program"
    "$folder/tools/sharpfuzz" "$folder/program/LlmMemory.Core.dll"
}

# The names of fields, formats and tensors, out of the source: chance would not spell them.
write_dictionary() {
    grep -rhoE '"[A-Za-z_][A-Za-z0-9_.-]{2,40}"' "$root/src/LlmMemory.Core" --include='*.cs' | sort -u >"$folder/names.dict"
}

fuzz() {
    # An input that takes longer than this hangs.
    afl-fuzz -i "$here/Corpus/$1" -o "$folder/$1" -V "$seconds" -t 10000 -m none -x "$folder/names.dict" -- \
        dotnet "$folder/program/LlmMemory.Fuzz.dll" "$1" >"$folder/$1.log" 2>&1
}

report() {
    echo "== $1"
    grep -E '^(run_time|execs_done|execs_per_sec|corpus_count|edges_found|saved_crashes|saved_hangs)' "$folder/$1/default/fuzzer_stats"
}

targets=$target
[ "$target" != all ] || targets='config safetensors gguf training'
install_tools
build_program
write_dictionary
for name in $targets; do
    fuzz "$name" &
done
wait
for name in $targets; do
    report "$name"
done
