using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace LlmMemory.Core.Tests.Hub;

/// <summary>
/// A server on loopback that speaks HTTP/1.1 over real sockets and does as it is told, wrong answers included. Each has
/// a port of its own, so two of them are two hosts.
/// </summary>
internal sealed class FakeServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Func<FakeRequest, FakeReply> _answer;
    private readonly ConcurrentQueue<FakeRequest> _requests = new();
    private long _sentBytes;
    private int _openConnections;

    public FakeServer(Func<FakeRequest, FakeReply> answer)
    {
        _answer = answer;
        _listener.Start();
        Address = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";
        _ = Accept();
    }

    public string Address { get; }

    public IReadOnlyList<FakeRequest> Requests => [.. _requests];

    /// <summary>Requests that are being answered: the client has not gone away.</summary>
    public int OpenConnections => Volatile.Read(ref _openConnections);

    /// <summary>Bytes of bodies that were handed to the network.</summary>
    public long SentBytes => Interlocked.Read(ref _sentBytes);

    public void Dispose()
    {
        _stopping.Cancel();
        _listener.Stop();
        _stopping.Dispose();
    }

    private async Task Accept()
    {
        var stopping = _stopping.Token;
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(stopping);
                _ = Serve(client, stopping);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task Serve(TcpClient client, CancellationToken stopping)
    {
        using (client)
        {
            Interlocked.Increment(ref _openConnections);
            try
            {
                var stream = client.GetStream();
                if (await ReadRequest(stream, stopping) is { } request)
                {
                    _requests.Enqueue(request);
                    await Write(stream, _answer(request), stopping);
                }
            }
            catch (Exception error) when (error is IOException or OperationCanceledException or SocketException)
            {
                // The client went away, as it may.
            }
            finally
            {
                Interlocked.Decrement(ref _openConnections);
            }
        }
    }

    private static async Task<FakeRequest?> ReadRequest(NetworkStream stream, CancellationToken stopping)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, false, 1024, leaveOpen: true);
        var first = await reader.ReadLineAsync(stopping);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await reader.ReadLineAsync(stopping) is { Length: > 0 } line)
        {
            var parts = line.Split(':', 2);
            headers[parts[0]] = parts[1].Trim();
        }

        return first?.Split(' ') is [_, var target, ..] ? new FakeRequest(target, headers) : null;
    }

    private async Task Write(NetworkStream stream, FakeReply reply, CancellationToken stopping)
    {
        await Task.Delay(reply.Delay, stopping);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(Head(reply)), stopping);
        do
        {
            await WriteBody(stream, reply, stopping);
        }
        while (reply.IsEndless);
    }

    private static string Head(FakeReply reply)
    {
        var isAnnounced = reply.AnnouncedLength != -1 && !(reply.IsEndless && reply.AnnouncedLength is null);
        string[] length = isAnnounced ? [$"Content-Length: {reply.AnnouncedLength ?? reply.Body.Length}"] : [];
        var headers = reply.Headers.Select(header => $"{header.Key}: {header.Value}");
        return string.Join("\r\n", [$"HTTP/1.1 {reply.Status} Whatever", "Connection: close", .. length, .. headers, "\r\n"]);
    }

    private async Task WriteBody(NetworkStream stream, FakeReply reply, CancellationToken stopping)
    {
        var step = reply.DelayPerByte > TimeSpan.Zero ? 1 : 16 << 10;
        var end = Math.Min(reply.CutAfter ?? int.MaxValue, reply.Body.Length);
        for (var at = 0; at < end; at += step)
        {
            await stream.WriteAsync(reply.Body.AsMemory(at, Math.Min(step, end - at)), stopping);
            Interlocked.Add(ref _sentBytes, Math.Min(step, end - at));
            if (step == 1)
            {
                await Task.Delay(reply.DelayPerByte, stopping);
            }
        }
    }
}
