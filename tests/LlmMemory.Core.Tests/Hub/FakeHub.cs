using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using LlmMemory.Sources.Hub;

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

    public HubOptions Options(string? token = null)
    {
        return new HubOptions
        {
            Endpoint = Server.Address,
            Token = token is null ? null : HubToken.Parse(token),
            Timeout = TimeSpan.FromSeconds(10),
            Wait = (wait, _) =>
            {
                _waits.Add(wait);
                return Task.CompletedTask;
            },
        };
    }

    public HubClient Client(string? token = null)
    {
        return new HubClient(Options(token));
    }

    public void Dispose()
    {
        Server.Dispose();
        Storage.Dispose();
    }

    private FakeReply Answer(FakeRequest request)
    {
        var file = request.Path.Replace($"/{ModelId}/resolve/{Commit}/", string.Empty, StringComparison.Ordinal);
        return _script.TryDequeue(out var reply) ? reply
            : request.Path.StartsWith("/api/models/", StringComparison.Ordinal) ? FakeReply.Json(Description())
            : FileAnswer is not null ? FileAnswer(request)
            : request.Path.StartsWith("/api/resolve-cache/", StringComparison.Ordinal) ? FakeReply.File(_files[request.Path.Split('/')[^1]], request)
            : !_files.TryGetValue(file, out var bytes) ? FakeReply.Error(404, "EntryNotFound")
            : bytes.Length < 4096 ? FakeReply.Redirect($"/api/resolve-cache/models/{ModelId}/{Commit}/{file}?etag=1", 307)
            : FakeReply.Redirect($"{Storage.Address}/signed/{file}?signature=very-secret");
    }

    private FakeReply AnswerFromStorage(FakeRequest request)
    {
        return StorageAnswer is not null ? StorageAnswer(request) : FakeReply.File(_files[request.Path["/signed/".Length..]], request);
    }

    private string Description()
    {
        var siblings = _files.Select(file => TellsSizes
            ? (object)new { rfilename = file.Key, size = file.Value.Length }
            : new { rfilename = file.Key });
        return JsonSerializer.Serialize(new { id = ModelId, sha = Commit, gated = false, siblings });
    }
}
