using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using LlmMemory.Errors;
using LlmMemory.Sources.Files;

namespace LlmMemory.Sources.Hub;

/// <summary>
/// The files of a model on the Hub, at one commit: whatever is read later fits what was read before, even when the
/// branch has moved on. Only what is read is fetched.
/// </summary>
public sealed class HubModelFiles : IModelFiles
{
    private readonly HubClient _client;
    private readonly HubModelDescription _description;
    private readonly IProgress<HubProgress>? _progress;
    private readonly CancellationToken _cancellation;
    private readonly HubTally _tally;

    internal HubModelFiles(
        HubClient client,
        HubRequest asked,
        HubModelDescription description,
        IProgress<HubProgress>? progress,
        CancellationToken cancellation)
    {
        _client = client;
        _description = description;
        _progress = progress;
        _cancellation = cancellation;
        _tally = asked.Tally;
        Name = asked.ModelId;
        Revision = asked.Revision;
    }

    /// <summary>The model's id, <c>owner/name</c>.</summary>
    public string Name { get; }

    /// <summary>The revision that was asked for.</summary>
    public string Revision { get; }

    /// <summary>The commit that the revision was at, by its 40 hexadecimal digits.</summary>
    public string Commit => _description.Commit;

    /// <summary>The model, its commit and the Hub's host: <c>owner/name@0e9e39f249a1 on huggingface.co</c>.</summary>
    public string Location => $"{Name}@{Commit.Substring(0, 12)} on {_client.Host}";

    /// <inheritdoc/>
    public IReadOnlyList<ModelFile> Files => _description.Files;

    /// <summary>How the model's owner lets readers in: <c>auto</c> or <c>manual</c>; null where everybody may read.</summary>
    public string? Gating => _description.Gating;

    /// <summary>
    /// Stored elements by data type, as the Hub itself counted them in the safetensors headers; empty where it did not.
    /// A packed format counts its containers here, not its weights.
    /// </summary>
    public IReadOnlyDictionary<string, long> StoredElements => _description.StoredElements;

    /// <summary>Bytes that were received of this model's files so far.</summary>
    public long ReceivedBytes => _tally.FileBytes;

    /// <summary>Requests that were sent for this model so far; redirects and repetitions are requests, too.</summary>
    public long Requests => _tally.Requests;

    /// <inheritdoc/>
    public byte[] Read(string path, int maxBytes)
    {
        var request = Request(path, 0, maxBytes);
        var length = ListedLength(path);
        if (length > maxBytes)
        {
            throw HubError.TooLarge(request, maxBytes);
        }

        var content = _client.Get(request, Counter(path, length), _cancellation);
        return content.Bytes.Length == (length ?? content.Bytes.Length) ? content.Bytes : throw WrongLength(request);
    }

    /// <inheritdoc/>
    public Stream Open(string path)
    {
        var isListed = Files.Any(file => file.Path == ModelFilePath.Check(path));
        return isListed
            ? new RemoteFileStream(this, path, ListedLength(path))
            : throw HubError.FileNotFound(Request(path, 0, 0));
    }

    /// <summary>The model, its commit and the Hub's host.</summary>
    public override string ToString()
    {
        return Location;
    }

    /// <summary>Gets a part of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="start">Its first byte.</param>
    /// <param name="count">Its bytes; fewer come where the file ends before.</param>
    /// <param name="receivedOfFile">Bytes that were fetched of the file before.</param>
    /// <param name="length">The file's length, where it is known.</param>
    /// <exception cref="LlmMemoryException">An error of the Hub; a part that contradicts the length.</exception>
    internal HubContent GetRange(string path, long start, int count, long receivedOfFile, long? length)
    {
        var max = _client.MaxFileBytes;
        var request = Request(path, start, count) with { IsRange = true, MaxSkippedBytes = max - receivedOfFile };
        if (receivedOfFile + count > max)
        {
            throw HubError.TooLarge(request, max);
        }

        var content = _client.Get(request, Counter(path, length), _cancellation);
        var known = length ?? content.FileLength ?? throw WrongLength(request);
        var isWhole = content.Bytes.Length == Math.Max(0, Math.Min(count, known - start));
        return isWhole && known == (content.FileLength ?? known)
            ? content with { FileLength = known }
            : throw WrongLength(request);
    }

    private HubRequest Request(string path, long start, int count)
    {
        return new HubRequest
        {
            ModelId = Name,
            Revision = Revision,
            File = ModelFilePath.Check(path),
            Address = _client.Endpoint.File(Name, Commit, path),
            Start = start,
            Count = count,
            Tally = _tally,
        };
    }

    private Action<int> Counter(string path, long? length)
    {
        var received = 0L;
        return bytes =>
        {
            received += bytes;
            _tally.CountFileBytes(bytes);
            _progress?.Report(new HubProgress(path, received, length));
        };
    }

    private long? ListedLength(string path)
    {
        return Files.FirstOrDefault(file => file.Path == path)?.Length;
    }

    private LlmMemoryException WrongLength(HubRequest request)
    {
        const string Reason = "the file's length is unknown, or differs from the one in the Hub's list.";
        return HubError.ResponseInvalid(request, _client.Host, Reason);
    }
}
