using System;
using System.IO;
using System.Net.Http;
using System.Threading.Tasks;

namespace LlmMemory.Sources.Hub;

/// <summary>Reads what an answer brings: as much as was asked for, never more, and nothing that contradicts itself.</summary>
internal static class HubBody
{
    private const int ChunkBytes = 64 << 10;

    /// <summary>Reads the answer.</summary>
    /// <param name="reply">The answer, whose status has been checked.</param>
    /// <param name="request">What was asked for.</param>
    /// <param name="deadline">Ends it.</param>
    /// <param name="received">Told of bytes that came.</param>
    /// <exception cref="HubFailure">The answer is not what was asked for.</exception>
    public static Task<HubContent> Read(HubReply reply, HubRequest request, HubDeadline deadline, Action<int> received)
    {
        if (reply.Message.Content?.Headers.ContentEncoding.Count > 0)
        {
            throw Invalid(reply, request, "it is compressed although that was not asked for.");
        }

        return (int)reply.Message.StatusCode switch
        {
            206 => ReadRange(reply, request, deadline, received),
            416 => Task.FromResult(BeyondEnd(reply, request)),
            _ when request.IsRange => ReadFromStart(reply, request, deadline, received),
            _ => ReadWhole(reply, request, deadline, received),
        };
    }

    private static async Task<HubContent> ReadWhole(
        HubReply reply, HubRequest request, HubDeadline deadline, Action<int> received)
    {
        var length = reply.Message.Content.Headers.ContentLength;
        if (length > request.Count)
        {
            throw new HubFailure(HubError.TooLarge(request, request.Count));
        }

        // One byte more than allowed tells a file of just that size from a longer one.
        var bytes = await ReadBytes(reply.Message, 0, request.Count + 1L, deadline, received).ConfigureAwait(false);
        if (bytes.Length > request.Count)
        {
            throw new HubFailure(HubError.TooLarge(request, request.Count));
        }

        return bytes.Length == (length ?? bytes.Length) ? new HubContent(bytes, bytes.Length) : throw CutOff(reply, request);
    }

    private static async Task<HubContent> ReadRange(
        HubReply reply, HubRequest request, HubDeadline deadline, Action<int> received)
    {
        var headers = reply.Message.Content.Headers;
        var range = headers.ContentRange;
        if (range is not { Unit: "bytes", From: { } from, To: { } to }
            || from != request.Start
            || to != Math.Min(request.Start + request.Count, range.Length ?? long.MaxValue) - 1)
        {
            throw Invalid(reply, request, "it is another part of the file than the one that was asked for.");
        }

        var count = to - from + 1;
        if (count != (headers.ContentLength ?? count))
        {
            throw Invalid(reply, request, "its length contradicts the part of the file that it says it is.");
        }

        var bytes = await ReadBytes(reply.Message, 0, count, deadline, received).ConfigureAwait(false);
        return bytes.Length == count ? new HubContent(bytes, range.Length) : throw CutOff(reply, request);
    }

    // A server that knows no ranges sends the file from its start. What lies before the range is read and dropped; the
    // rest of the file is not read.
    private static async Task<HubContent> ReadFromStart(
        HubReply reply, HubRequest request, HubDeadline deadline, Action<int> received)
    {
        if (request.Start > request.MaxSkippedBytes)
        {
            throw Invalid(reply, request, "the server sends no parts of files, and too much of this one would have to be read.");
        }

        var length = reply.Message.Content.Headers.ContentLength;
        var bytes = await ReadBytes(reply.Message, request.Start, request.Count, deadline, received).ConfigureAwait(false);
        var end = request.Start + bytes.Length;
        return bytes.Length < request.Count && end < length
            ? throw CutOff(reply, request)
            : new HubContent(bytes, length ?? (bytes.Length < request.Count ? end : null));
    }

    private static HubContent BeyondEnd(HubReply reply, HubRequest request)
    {
        var length = reply.Message.Content?.Headers.ContentRange?.Length;
        return length <= request.Start
            ? new HubContent([], length)
            : throw Invalid(reply, request, "it refuses a part that the file has.");
    }

    private static async Task<byte[]> ReadBytes(
        HttpResponseMessage message, long skip, long count, HubDeadline deadline, Action<int> received)
    {
        var chunk = new byte[ChunkBytes];
        var kept = new MemoryStream();
        var total = 0L;

        // .NET Framework's streams do not look at the token while they read; closing the answer ends them.
        using (deadline.Token.Register(message.Dispose))
        using (var body = await message.Content.ReadAsStreamAsync().ConfigureAwait(false))
        {
            while (total < skip + count)
            {
                var wanted = (int)Math.Min(ChunkBytes, (total < skip ? skip : skip + count) - total);
                var read = await body.ReadAsync(chunk, 0, wanted, deadline.Token).ConfigureAwait(false);
                if (read == 0)
                {
                    break;
                }

                kept.Write(chunk, 0, total < skip ? 0 : read);
                total += read;
                deadline.Extend(total);
                received(read);
            }
        }

        return kept.ToArray();
    }

    private static HubFailure CutOff(HubReply reply, HubRequest request)
    {
        const string Reason = "the connection ended before the answer did.";
        return new HubFailure(HubError.Unavailable(request, reply.Host, Reason), isPassing: true);
    }

    private static HubFailure Invalid(HubReply reply, HubRequest request, string reason)
    {
        return new HubFailure(HubError.ResponseInvalid(request, reply.Host, reason));
    }
}
