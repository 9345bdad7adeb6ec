using System;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using LlmMemory.Core.Tests.Hub;
using LlmMemory.Tests.Hosting;
using Xunit;

namespace LlmMemory.Tests.Models;

/// <summary>Ctrl+C while the hub is slow.</summary>
public sealed class HubStoppingTests : IDisposable
{
    private readonly HubUser _user = new();

    public void Dispose()
    {
        _user.Dispose();
    }

    [Theory]
    [InlineData("no answer")]
    [InlineData("a slow body")]
    [InlineData("a wait")]
    public void A_slow_hub_is_left_at_once_and_the_connection_closed(string what)
    {
        _user.Hub.StorageAnswer = request => what switch
        {
            "no answer" => FakeReply.File(TinyModel.SafetensorsBytes(), request) with { Delay = TimeSpan.FromSeconds(25) },
            "a slow body" => FakeReply.File(TinyModel.SafetensorsBytes(), request) with { DelayPerByte = TimeSpan.FromMilliseconds(20) },
            _ => FakeReply.Error(429, header: "Retry-After", value: "25"),
        };
        using var runspace = ModuleSession.Open(new RecordingHost(120));
        using var shell = PowerShell.Create(runspace);
        shell.AddScript("Get-LlmModel -ModelId acme/tiny-1b, acme/tiny-1b");
        var running = shell.BeginInvoke();
        Wait(() => _user.Hub.Storage.Requests.Count > 0);
        Thread.Sleep(300);
        var time = Stopwatch.StartNew();

        shell.Stop();

        Assert.InRange(time.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.Throws<PipelineStoppedException>(() => shell.EndInvoke(running));
        Assert.Empty(shell.Streams.Error);
        Assert.Single(_user.Hub.Storage.Requests);
        if (what == "a slow body")
        {
            Wait(() => _user.Hub.Storage.OpenConnections == 0);
        }

        // The runspace is as good as before.
        _user.Hub.StorageAnswer = null;
        Assert.Equal(TinyModel.Parameters, ModuleSession.Run(runspace, "Get-LlmModel -ModelId acme/tiny-1b").Single().Get("Parameters"));
    }

    [Fact]
    public void Of_a_model_of_many_files_no_further_one_is_asked_for()
    {
        const int Files = 40;
        const int AtOnce = 8;
        using var hub = new FakeHub();
        foreach (var number in Enumerable.Range(1, Files))
        {
            hub.Add($"model-{number:00000}-of-{Files:00000}.safetensors", TinyModel.SafetensorsBytes());
        }

        hub.StorageAnswer = request => FakeReply.File(TinyModel.SafetensorsBytes(), request) with { Delay = TimeSpan.FromSeconds(25) };
        _user.Variables["HF_ENDPOINT"] = hub.Server.Address;
        using var runspace = ModuleSession.Open(new RecordingHost(120));
        using var shell = PowerShell.Create(runspace);
        shell.AddScript("Get-LlmMemoryEstimate -ModelId acme/tiny-1b");
        var running = shell.BeginInvoke();
        Wait(() => hub.Storage.Requests.Count == AtOnce);
        var time = Stopwatch.StartNew();

        shell.Stop();

        Assert.InRange(time.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.Throws<PipelineStoppedException>(() => shell.EndInvoke(running));
        Assert.Equal(AtOnce, hub.Storage.Requests.Count);
    }

    [Fact]
    public void A_pipeline_that_has_enough_reads_no_further()
    {
        using var session = new ModuleSession();

        session.Run("foreach ($model in 1) { Get-LlmModel -ModelId acme/tiny-1b, acme/none | ForEach-Object { $_; break } }").Single();

        Assert.DoesNotContain(_user.Hub.Server.Requests, request => request.Path.Contains("acme/none", StringComparison.Ordinal));
        Assert.Equal(3, _user.Hub.Server.Requests.Count(request => request.Path.Contains("tiny-1b", StringComparison.Ordinal) && !request.Path.Contains("resolve-cache", StringComparison.Ordinal)));
    }

    private static void Wait(Func<bool> condition)
    {
        Assert.True(SpinWait.SpinUntil(condition, TimeSpan.FromSeconds(10)));
    }
}
