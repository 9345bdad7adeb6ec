using System;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using LlmMemory.Errors;
using LlmMemory.Sources.Hub;
using Xunit;

namespace LlmMemory.Core.Tests.Hub;

public sealed class HubRetryTests : IDisposable
{
    private readonly FakeHub _hub = new();

    public void Dispose()
    {
        _hub.Dispose();
    }

    [Theory]
    [InlineData(429)]
    [InlineData(408)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public void A_passing_failure_is_tried_again(int status)
    {
        _hub.Script(FakeReply.Error(status), FakeReply.Error(status));
        using var client = _hub.Client();

        Assert.Equal(FakeHub.Commit, client.Open(FakeHub.ModelId).Commit);

        Assert.Equal(3, _hub.Server.Requests.Count);
        Assert.Equal(2, _hub.Waits.Count);
    }

    [Fact]
    public void The_waits_grow_vary_and_end()
    {
        _hub.Script([.. Enumerable.Repeat(FakeReply.Error(503), 20)]);
        using var client = new HubClient(_hub.Options() with { MaxRetries = 6 });

        var error = Assert.Throws<LlmMemoryException>(() => client.Open(FakeHub.ModelId));

        Assert.Equal(ErrorIds.HubUnavailable, error.ErrorId);
        Assert.Contains("503", error.Message, StringComparison.Ordinal);
        Assert.Equal(6, _hub.Waits.Count);
        Assert.All(
            _hub.Waits.Zip([0.5, 1, 2, 4, 8, 8]),
            pair => Assert.InRange(pair.First.TotalSeconds, pair.Second / 2, pair.Second));
        Assert.NotEqual(_hub.Waits[4], _hub.Waits[5]);
    }

    [Fact]
    public void A_server_that_says_when_is_asked_then()
    {
        _hub.Script(
            FakeReply.Error(429, header: "Retry-After", value: "7"),
            FakeReply.Error(429, header: "RateLimit", value: "\"api\";r=0;t=11"),
            FakeReply.Error(503, header: "Retry-After", value: DateTimeOffset.UtcNow.AddSeconds(30).ToString("R")),
            FakeReply.Error(429, header: "Retry-After", value: "Fri, 01 Jan 1999 00:00:00 GMT"));
        using var client = _hub.Client();

        client.Open(FakeHub.ModelId);

        Assert.Equal([7, 11], _hub.Waits.Take(2).Select(wait => wait.TotalSeconds));
        Assert.InRange(_hub.Waits[2].TotalSeconds, 20, 30);
        Assert.Equal(TimeSpan.Zero, _hub.Waits[3]);
    }

    [Theory]
    [InlineData("3600")]
    [InlineData("2147483647")]
    public void A_server_that_wants_to_be_left_alone_for_long_is(string seconds)
    {
        _hub.Script(FakeReply.Error(429, header: "Retry-After", value: seconds));
        using var client = _hub.Client();

        var error = Assert.Throws<LlmMemoryException>(() => client.Open(FakeHub.ModelId));

        Assert.Equal(ErrorIds.HubRateLimited, error.ErrorId);
        Assert.Empty(_hub.Waits);
        Assert.Contains("seconds", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_at_the_address_is_tried_again_and_then_told()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        using var client = new HubClient(_hub.Options() with { Endpoint = $"http://127.0.0.1:{port}" });

        var error = Assert.Throws<LlmMemoryException>(() => client.Open(FakeHub.ModelId));

        Assert.Equal(ErrorIds.HubUnavailable, error.ErrorId);
        Assert.Equal(4, _hub.Waits.Count);
    }

    [Fact]
    public void A_server_that_does_not_answer_is_given_up()
    {
        _hub.Script(new FakeReply { Delay = TimeSpan.FromMinutes(5) });
        using var client = new HubClient(_hub.Options() with { Timeout = TimeSpan.FromMilliseconds(200), MaxRetries = 0 });

        var error = Assert.Throws<LlmMemoryException>(() => client.Open(FakeHub.ModelId));

        Assert.Equal(ErrorIds.HubUnavailable, error.ErrorId);
        Assert.Contains("0.2 seconds", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_drips_is_given_up_too()
    {
        _hub.Script(new FakeReply { Body = new byte[10_000], DelayPerByte = TimeSpan.FromMilliseconds(20) });
        using var client = new HubClient(_hub.Options() with { Timeout = TimeSpan.FromMilliseconds(300), MaxRetries = 0 });
        var since = Stopwatch.StartNew();

        var error = Assert.Throws<LlmMemoryException>(() => client.Open(FakeHub.ModelId));

        Assert.Equal(ErrorIds.HubUnavailable, error.ErrorId);
        Assert.InRange(since.Elapsed.TotalSeconds, 0, 10);
    }

    [Fact]
    public async Task Whoever_cancels_does_not_wait()
    {
        _hub.Script(new FakeReply { Delay = TimeSpan.FromMinutes(5) });
        using var client = _hub.Client();
        using var cancellation = new CancellationTokenSource();

        var open = Task.Run(() => client.Open(FakeHub.ModelId, cancellation: cancellation.Token));
        while (_hub.Server.Requests.Count == 0)
        {
            await Task.Delay(5);
        }

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => open.WaitAsync(TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public void A_wait_between_two_tries_can_be_cancelled()
    {
        _hub.Script(FakeReply.Error(503));
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        using var client = new HubClient(_hub.Options() with { Wait = (_, token) => Task.Delay(TimeSpan.FromMinutes(5), token) });

        Assert.ThrowsAny<OperationCanceledException>(() => client.Open(FakeHub.ModelId, cancellation: cancellation.Token));
    }
}
