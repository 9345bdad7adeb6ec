using System;
using System.Collections.Generic;
using System.Management.Automation;

namespace LlmMemory.Shell.Output;

/// <summary>
/// Takes a pipeline's output while it runs and hands it to a writer, so that a long sweep streams. Errors, which the
/// pipeline merges into its output, are kept aside.
/// </summary>
internal sealed class RecordSink : IDisposable
{
    private readonly IRecordWriter _writer;

    public RecordSink(IRecordWriter writer)
    {
        _writer = writer;
        Collection.DataAdded += OnDataAdded;
    }

    /// <summary>What the pipeline writes into.</summary>
    public PSDataCollection<PSObject> Collection { get; } = [];

    /// <summary>The errors among the output.</summary>
    public List<ErrorRecord> Errors { get; } = [];

    /// <inheritdoc/>
    public void Dispose()
    {
        _writer.Dispose();
        Collection.Dispose();
    }

    private void OnDataAdded(object? sender, DataAddedEventArgs added)
    {
        foreach (var record in Collection.ReadAll())
        {
            if (record?.BaseObject is ErrorRecord error)
            {
                Errors.Add(error);
            }
            else if (record is not null)
            {
                _writer.Write(record);
            }
        }
    }
}
