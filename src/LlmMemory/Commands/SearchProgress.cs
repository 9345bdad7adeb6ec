using System;
using System.Diagnostics;
using System.Management.Automation;

namespace LlmMemory.Commands;

/// <summary>Shows how far a search is, once it has taken so long that somebody wonders.</summary>
internal sealed class SearchProgress : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly Cmdlet _command;
    private readonly string _activity;
    private bool _isShown;

    /// <summary>Starts the clock.</summary>
    /// <param name="command">The command that shows it.</param>
    /// <param name="model">What is searched for.</param>
    public SearchProgress(Cmdlet command, string model)
    {
        _command = command;
        _activity = $"Deployments of {model}";
    }

    /// <summary>Shows the share that is done.</summary>
    public void Report(double share)
    {
        if (_watch.Elapsed < Patience)
        {
            return;
        }

        _isShown = true;
        _command.WriteProgress(new ProgressRecord(0, _activity, "Looking for layouts") { PercentComplete = (int)(100 * share) });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isShown)
        {
            _command.WriteProgress(new ProgressRecord(0, _activity, "Done") { RecordType = ProgressRecordType.Completed });
        }
    }
}
