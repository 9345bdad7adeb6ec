using System;
using System.Collections.Concurrent;
using System.Management.Automation;
using System.Net;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using LlmMemory.Errors;
using LlmMemory.Models;
using LlmMemory.Models.Reading;
using LlmMemory.Sources.Hub;

namespace LlmMemory.Commands;

/// <summary>
/// Reads models from the hub while the pipeline's own thread shows progress: only that thread may write, and the
/// hub's answers come on others.
/// </summary>
internal sealed class HubReading : IProgress<HubProgress>, IDisposable
{
    private static readonly TimeSpan BetweenReports = TimeSpan.FromMilliseconds(200);

    private readonly Cmdlet _command;
    private readonly HubClient _client;
    private readonly CancellationToken _stopping;
    private readonly ConcurrentQueue<string> _notes = new();
    private volatile string _status = string.Empty;

    /// <summary>Gets ready to ask the hub that the environment names.</summary>
    /// <param name="command">The command that progress and notes are written by.</param>
    /// <param name="token">The token as the user gave it, null for the environment's.</param>
    /// <param name="stopping">Cancelled by Ctrl+C.</param>
    /// <exception cref="LlmMemoryException">
    /// <see cref="ErrorIds.HubTokenInvalid"/> or <see cref="ErrorIds.HubEndpointInvalid"/>.
    /// </exception>
    public HubReading(Cmdlet command, SecureString? token, CancellationToken stopping)
    {
        var given = token is null ? null : HubToken.Parse(new NetworkCredential(string.Empty, token).Password);
        _command = command;
        _stopping = stopping;
        _client = new HubClient(HubOptions.FromEnvironment(token: given) with { Wait = Wait });
    }

    /// <summary>Reads one model.</summary>
    /// <param name="modelId">The model's id.</param>
    /// <param name="revision">The revision, null for the main one.</param>
    /// <param name="options">What the user says about the model.</param>
    /// <exception cref="LlmMemoryException">The model cannot be read.</exception>
    public LlmModel Read(string modelId, string? revision, ModelReadingOptions options)
    {
        var readings = new FileReadings();
        _status = $"Asking {_client.Host}";
        var reading = Task.Run(() => Read(modelId, revision, options with { Readings = readings }, readings), _stopping);
        ShowProgress($"Reading {modelId}", reading);
        try
        {
            return reading.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException cancelled)
        {
            throw new PipelineStoppedException("The read was stopped.", cancelled);
        }
        finally
        {
            WriteNotes();
        }
    }

    /// <summary>Takes a report of what came in.</summary>
    /// <param name="value">The report.</param>
    void IProgress<HubProgress>.Report(HubProgress value)
    {
        _status = FormattableString.Invariant($"{value.File}: {value.ReceivedBytes:N0} bytes");
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose()
    {
        _client.Dispose();
    }

    private LlmModel Read(string modelId, string? revision, ModelReadingOptions options, FileReadings readings)
    {
        var files = _client.Open(modelId, revision, this, _stopping);
        var model = ModelReader.FromHub(files, options);
        _notes.Enqueue(FormattableString.Invariant(
            $"Read {files.Location}, revision {files.Revision}: {readings}; {files.ReceivedBytes:N0} bytes came in {files.Requests} requests."));
        return model;
    }

    private Task Wait(TimeSpan time, CancellationToken cancellation)
    {
        var when = FormattableString.Invariant($"asking again in {time.TotalSeconds:0.#} seconds");
        _status = $"{_client.Host} failed or has too much to do; {when}";
        _notes.Enqueue(_status + ".");
        return Task.Delay(time, cancellation);
    }

    private void ShowProgress(string activity, Task reading)
    {
        var shown = false;
        while (!((IAsyncResult)reading).AsyncWaitHandle.WaitOne(BetweenReports))
        {
            WriteNotes();
            _command.WriteProgress(new ProgressRecord(0, activity, _status));
            shown = true;
        }

        if (shown)
        {
            _command.WriteProgress(new ProgressRecord(0, activity, "Done") { RecordType = ProgressRecordType.Completed });
        }
    }

    private void WriteNotes()
    {
        while (_notes.TryDequeue(out var note))
        {
            _command.WriteVerbose(note);
        }
    }
}
