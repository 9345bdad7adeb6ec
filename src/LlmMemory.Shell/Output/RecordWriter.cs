using System;
using System.IO;
using LlmMemory.Shell.CommandLine;

namespace LlmMemory.Shell.Output;

/// <summary>Chooses the writer of a format.</summary>
internal static class RecordWriter
{
    public static IRecordWriter Open(OutputFormat format, Stream stream)
    {
        return format switch
        {
            OutputFormat.Json => new JsonArrayWriter(stream),
            OutputFormat.Jsonl => new JsonLinesWriter(stream),
            OutputFormat.Csv => new CsvRecordWriter(stream),
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, "Text is not a data format."),
        };
    }
}
