using System;
using System.Management.Automation;
using System.Net;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using LlmMemory.Models;
using LlmMemory.Models.Reading;
using LlmMemory.Sources.Hub;

namespace LlmMemory.Commands;

/// <summary>
/// Reads a model from the hub while the pipeline's own thread shows progress: only that thread may write, and the
/// hub's answers come on others.
/// </summary>
internal static class HubReading
{
    private static readonly TimeSpan BetweenReports = TimeSpan.FromMilliseconds(200);

    /// <summary>Reads one model.</summary>
    /// <param name="command">The command that progress is written by.</param>
    /// <param name="modelId">The model's id.</param>
    /// <param name="revision">The revision, null for the main one.</param>
    /// <param name="token">The token as the user gave it, null for the environment's.</param>
    /// <param name="options">What the user says about the model.</param>
    /// <param name="stopping">Cancelled by Ctrl+C.</param>
    public static LlmModel Read(
        Cmdlet command,
        string modelId,
        string? revision,
        SecureString? token,
        ModelReadingOptions options,
        CancellationToken stopping)
    {
        var report = new LatestReport();
        var hubOptions = HubOptions.FromEnvironment();
        hubOptions = token is null ? hubOptions : hubOptions with { Token = HubToken.Parse(new NetworkCredential(string.Empty, token).Password) };
        using var client = new HubClient(hubOptions);
        var reading = Task.Run(
            () =>
            {
                var files = client.Open(modelId, revision, report, stopping);
                return ModelReader.FromFiles(files, options).AtRevision(files.Commit);
            },
            stopping);
        ShowProgress(command, modelId, report, reading);
        try
        {
            return reading.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException cancelled)
        {
            throw new PipelineStoppedException("The read was stopped.", cancelled);
        }
    }

    private static void ShowProgress(Cmdlet command, string modelId, LatestReport report, Task reading)
    {
        var shown = false;
        while (!((IAsyncResult)reading).AsyncWaitHandle.WaitOne(BetweenReports))
        {
            var status = report.Latest is { } latest ? $"{latest.File}: {latest.ReceivedBytes:N0} bytes" : "Asking the hub";
            command.WriteProgress(new ProgressRecord(0, $"Reading {modelId}", status));
            shown = true;
        }

        if (shown)
        {
            command.WriteProgress(
                new ProgressRecord(0, $"Reading {modelId}", "Done") { RecordType = ProgressRecordType.Completed });
        }
    }

    private sealed class LatestReport : IProgress<HubProgress>
    {
        private volatile HubProgress? _latest;

        public HubProgress? Latest => _latest;

        public void Report(HubProgress value)
        {
            _latest = value;
        }
    }
}
