using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace LlmMemory.Core.Tests.Hub;

/// <summary>What a <see cref="FakeServer"/> answers, with the ways in which real servers and networks misbehave.</summary>
internal sealed record FakeReply
{
    public int Status { get; init; } = 200;

    public Dictionary<string, string> Headers { get; init; } = [];

    public byte[] Body { get; init; } = [];

    /// <summary>The Content-Length that is announced; null for the true one, -1 for none.</summary>
    public long? AnnouncedLength { get; init; }

    /// <summary>The connection ends after so many bytes of the body.</summary>
    public int? CutAfter { get; init; }

    /// <summary>The body is sent over and over until the client goes away.</summary>
    public bool IsEndless { get; init; }

    /// <summary>Waits before the answer begins.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Waits after each byte of the body.</summary>
    public TimeSpan DelayPerByte { get; init; }

    public static FakeReply Json(string text)
    {
        return new FakeReply { Body = Encoding.UTF8.GetBytes(text), Headers = { ["Content-Type"] = "application/json" } };
    }

    /// <summary>A refusal as the Hub gives it.</summary>
    public static FakeReply Error(int status, string? code = null, string? header = null, string? value = null)
    {
        var reply = new FakeReply { Status = status, Body = Encoding.UTF8.GetBytes("{\"error\":\"no\"}") };
        if (code is not null)
        {
            reply.Headers["X-Error-Code"] = code;
        }

        if (header is not null)
        {
            reply.Headers[header] = value!;
        }

        return reply;
    }

    public static FakeReply Redirect(string location, int status = 302)
    {
        return new FakeReply { Status = status, Headers = { ["Location"] = location } };
    }

    /// <summary>A file as a server gives it that knows ranges.</summary>
    public static FakeReply File(byte[] bytes, FakeRequest request)
    {
        if (request.Range is not { } range)
        {
            return new FakeReply { Body = bytes };
        }

        if (range.From >= bytes.Length)
        {
            return new FakeReply { Status = 416, Headers = { ["Content-Range"] = $"bytes */{bytes.Length}" } };
        }

        var to = (int)Math.Min(range.To, bytes.Length - 1);
        return new FakeReply
        {
            Status = 206,
            Headers = { ["Content-Range"] = string.Create(CultureInfo.InvariantCulture, $"bytes {range.From}-{to}/{bytes.Length}") },
            Body = bytes[(int)range.From..(to + 1)],
        };
    }
}
