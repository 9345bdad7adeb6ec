using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;

namespace LlmMemory.Core.Tests.Hub;

/// <summary>
/// The Hub's API for one model: its description, its small files by a redirect on the same host, and its large ones by a
/// redirect to a second host, as the real Hub does it.
/// </summary>
internal sealed class FakeHub : IDisposable
{
    public const string ModelId = "acme/tiny-1b";
    public const string Commit = "0123456789abcdef0123456789abcdef01234567";
    public const string Token = "hf_SecretSecretSecretSecretSecret";

    private readonly Dictionary<string, byte[]> _files = [];
    private readonly List<TimeSpan> _waits = [];
    private readonly ConcurrentQueue<FakeReply> _script = new();

    public FakeHub()
    {
        Storage = new FakeServer(AnswerFromStorage);
        Server = new FakeServer(Answer);
    }

    /// <summary>The Hub itself.</summary>
    public FakeServer Server { get; }

    /// <summary>The second host, which has the large files.</summary>
    public FakeServer Storage { get; }

    /// <summary>The waits between tries that the client asked for; none of them was waited for.</summary>
    public IReadOnlyList<TimeSpan> Waits => _waits;

    /// <summary>What the second host answers instead of the file.</summary>
    public Func<FakeRequest, FakeReply>? StorageAnswer { get; set; }

    /// <summary>What the Hub answers to requests for files.</summary>
    public Func<FakeRequest, FakeReply>? FileAnswer { get; set; }

    /// <summary>Whether the description tells the files' sizes; mirrors may not.</summary>
    public bool TellsSizes { get; set; } = true;

    /// <summary>The commits by the revisions that there are; any revision is at <see cref="Commit"/> where nothing stands here.</summary>
    public Dictionary<string, string> Revisions { get; } = [];

    /// <summary>Adds a file to the model.</summary>
    public void Add(string path, byte[] bytes)
    {
        _files[path] = bytes;
    }

    /// <summary>Answers the next requests so, whatever they are; what is left of an earlier script is forgotten.</summary>
    public void Script(params FakeReply[] replies)
    {
        _script.Clear();
        Array.ForEach(replies, _script.Enqueue);
    }

    /// <summary>Notes a wait that a client asked for, and does not wait.</summary>
    public Task Wait(TimeSpan wait)
    {
        _waits.Add(wait);
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        Server.Dispose();
        Storage.Dispose();
    }

    private FakeReply Answer(FakeRequest request)
    {
        return _script.TryDequeue(out var reply) ? reply
            : request.Path.StartsWith("/api/models/", StringComparison.Ordinal) ? Describe(request.Path["/api/models/".Length..].Split("/revision/"))
            : AnswerFile(request);
    }

    private FakeReply AnswerFile(FakeRequest request)
    {
        var commit = Revisions.Values.Append(Commit)
            .FirstOrDefault(value => request.Path.StartsWith($"/{ModelId}/resolve/{value}/", StringComparison.Ordinal));
        var file = request.Path.Replace($"/{ModelId}/resolve/{commit}/", string.Empty, StringComparison.Ordinal);
        return FileAnswer is not null ? FileAnswer(request)
            : request.Path.StartsWith("/api/resolve-cache/", StringComparison.Ordinal) ? FakeReply.File(_files[request.Path.Split('/')[^1]], request)
            : !_files.TryGetValue(file, out var bytes) ? FakeReply.Error(404, "EntryNotFound")
            : bytes.Length < 4096 ? FakeReply.Redirect($"/api/resolve-cache/models/{ModelId}/{commit}/{file}?etag=1", 307)
            : FakeReply.Redirect($"{Storage.Address}/signed/{file}?signature=very-secret");
    }

    private FakeReply AnswerFromStorage(FakeRequest request)
    {
        return StorageAnswer is not null ? StorageAnswer(request) : FakeReply.File(_files[request.Path["/signed/".Length..]], request);
    }

    private FakeReply Describe(string[] idAndRevision)
    {
        var revision = Uri.UnescapeDataString(idAndRevision[1]);
        return idAndRevision[0] != ModelId ? FakeReply.Error(404, "RepoNotFound")
            : Revisions.Count == 0 ? FakeReply.Json(Description(Commit))
            : Revisions.TryGetValue(revision, out var commit) ? FakeReply.Json(Description(commit))
            : FakeReply.Error(404, "RevisionNotFound");
    }

    private string Description(string commit)
    {
        var siblings = _files.Select(file => TellsSizes
            ? (object)new { rfilename = file.Key, size = file.Value.Length }
            : new { rfilename = file.Key });
        return JsonSerializer.Serialize(new { id = ModelId, sha = commit, gated = false, siblings });
    }
}
