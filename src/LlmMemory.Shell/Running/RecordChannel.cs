using System;
using System.Management.Automation;
using LlmMemory.Shell.Output;

namespace LlmMemory.Shell.Running;

/// <summary>Writes each result as data as soon as it comes, and shows errors beside it.</summary>
internal sealed class RecordChannel(Func<IRecordWriter> open, ErrorDisplay errors) : IOutputChannel
{
    public void Invoke(PowerShell shell)
    {
        using var writer = open();
        using var results = new PSDataCollection<PSObject>();
        results.DataAdded += (_, _) => Drain(results, writer.Write);
        shell.Streams.Error.DataAdded += (_, _) => Drain(shell.Streams.Error, errors.ShowDuringPipeline);
        shell.Invoke(null, results, new PSInvocationSettings { AddToHistory = true });
    }

    // Taking the items out keeps a long stream from piling up in memory.
    private static void Drain<T>(PSDataCollection<T> items, Action<T> take)
    {
        foreach (var item in items.ReadAll())
        {
            take(item);
        }
    }
}
