using System;
using System.IO;

namespace LlmMemory.Shell.Output;

/// <summary>Makes the writer of a format.</summary>
internal static class RecordWriters
{
    public static IRecordWriter Create(OutputFormat format, TextWriter target)
    {
        return format switch
        {
            OutputFormat.Json => new JsonRecordWriter(target),
            OutputFormat.Jsonl => new JsonLinesRecordWriter(target),
            OutputFormat.Csv => new CsvRecordWriter(target),
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, "Text is drawn, not written as records."),
        };
    }
}
