using System;
using System.Linq;
using System.Management.Automation;

namespace LlmMemory.Benchmarks.Cmdlet;

/// <summary>A run's records: models from 1 to 100 billion parameters, each written in one of the usual ways.</summary>
internal static class PipelineRecords
{
    /// <summary>Records in one run: a twentieth of a second or more, far above what starting a pipeline takes.</summary>
    public const int Count = 20_000;

    /// <summary>As typed: <c>'7B'</c>.</summary>
    public static object[] Text()
    {
        return Make(billions => $"{billions}B");
    }

    /// <summary>As computed: <c>7000000000</c>.</summary>
    public static object[] Numbers()
    {
        return Make(billions => billions * 1_000_000_000L);
    }

    /// <summary>As a CSV file's rows come: objects whose properties bear the parameters' names.</summary>
    public static object[] Rows()
    {
        return Make(Row);
    }

    private static PSObject Row(int billions)
    {
        var row = new PSObject();
        row.Properties.Add(new PSNoteProperty("Parameters", $"{billions}B"));
        row.Properties.Add(new PSNoteProperty("DataType", "BF16"));
        row.Properties.Add(new PSNoteProperty("Mode", "Inference"));
        return row;
    }

    private static object[] Make(Func<int, object> record)
    {
        return [.. Enumerable.Range(0, Count).Select(i => record(1 + (i % 100)))];
    }
}
