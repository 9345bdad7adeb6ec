using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Sources.Files;

namespace LlmMemory.Commands;

/// <summary>What was read to know a model, for -Verbose: which files, and how much of them.</summary>
internal sealed class FileReadings : IProgress<FileReading>
{
    private const int ShownFiles = 4;

    private readonly List<FileReading> _readings = [];

    /// <summary>Takes a reading; headers of several files are read at once.</summary>
    /// <param name="value">The reading.</param>
    public void Report(FileReading value)
    {
        lock (_readings)
        {
            _readings.Add(value);
        }
    }

    /// <summary>All of it in one line: <c>14,336 bytes of 2 files (config.json, model.safetensors)</c>.</summary>
    public override string ToString()
    {
        lock (_readings)
        {
            var files = _readings.Select(reading => reading.Path).Distinct().OrderBy(path => path, StringComparer.Ordinal).ToList();
            var shown = string.Join(", ", files.Take(ShownFiles)) + (files.Count > ShownFiles ? ", ..." : string.Empty);
            var bytes = _readings.Sum(reading => reading.Bytes);
            return FormattableString.Invariant($"{bytes:N0} bytes of {files.Count} {(files.Count == 1 ? "file" : "files")} ({shown})");
        }
    }
}
