using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using LlmMemory.Errors;
using LlmMemory.Sources.Files;
using LlmMemory.Sources.Hub;
using Xunit;

namespace LlmMemory.Core.Tests.Hub;

public sealed class HubModelFilesTests : IDisposable
{
    private readonly FakeHub _hub = new();

    public void Dispose()
    {
        _hub.Dispose();
    }

    [Fact]
    public void A_model_is_described_by_its_commit_and_its_files()
    {
        _hub.Add("model.safetensors", new byte[5000]);
        _hub.Add("config.json", [1, 2, 3]);
        using var client = _hub.Client();

        var files = client.Open(FakeHub.ModelId);

        Assert.Equal([new ModelFile("config.json", 3), new ModelFile("model.safetensors", 5000)], files.Files);
        Assert.Equal(FakeHub.Commit, files.Commit);
        Assert.Equal(FakeHub.ModelId, files.Name);
        Assert.Null(files.Gating);
        Assert.Equal($"acme/tiny-1b@0123456789ab on {client.Host}", files.Location);
        Assert.Equal("/api/models/acme/tiny-1b/revision/main?blobs=true", Assert.Single(_hub.Server.Requests).Target);
    }

    [Fact]
    public void What_the_Hub_counted_and_how_it_is_gated_is_told()
    {
        _hub.Script(FakeReply.Json($$$"""
            {"sha":"{{{FakeHub.Commit}}}","gated":"manual","siblings":[],"safetensors":{"parameters":{"BF16":8030261248},"total":8030261248}}
            """));
        using var client = _hub.Client();

        var files = client.Open(FakeHub.ModelId);

        Assert.Equal("manual", files.Gating);
        Assert.Equal([new KeyValuePair<string, long>("BF16", 8_030_261_248)], files.StoredElements);
        Assert.Empty(files.Files);
    }

    [Theory]
    [InlineData("main", "main")]
    [InlineData("refs/pr/1", "refs%2Fpr%2F1")]
    [InlineData("v1.0", "v1.0")]
    [InlineData("a&b#c%", "a%26b%23c%25")]
    public void A_revision_is_asked_for_as_it_is(string revision, string escaped)
    {
        using var client = _hub.Client();

        var files = client.Open(FakeHub.ModelId, revision);

        Assert.Equal(revision, files.Revision);
        Assert.Equal($"/api/models/acme/tiny-1b/revision/{escaped}", _hub.Server.Requests[0].Path);
    }

    [Fact]
    public void A_mirror_may_have_a_path_of_its_own()
    {
        _hub.Script(FakeReply.Json($$"""{"sha":"{{FakeHub.Commit}}","siblings":[]}"""), new FakeReply { Body = "{}"u8.ToArray() });
        using var client = new HubClient(_hub.Options() with { Endpoint = _hub.Server.Address + "/artifactory/api/huggingfaceml/hf/" });

        client.Open("gpt2").Read("config.json", 100);

        Assert.Equal("/artifactory/api/huggingfaceml/hf/api/models/gpt2/revision/main", _hub.Server.Requests[0].Path);
        Assert.Equal($"/artifactory/api/huggingfaceml/hf/gpt2/resolve/{FakeHub.Commit}/config.json", _hub.Server.Requests[1].Path);
    }

    [Fact]
    public void A_small_file_is_read_at_the_commit_whatever_the_branch_does()
    {
        _hub.Add("config.json", "{\"model_type\":\"llama\"}"u8.ToArray());
        using var client = _hub.Client();

        var bytes = client.Open(FakeHub.ModelId, "some-branch").Read("config.json", 1000);

        Assert.Equal("{\"model_type\":\"llama\"}", Encoding.UTF8.GetString(bytes));
        Assert.Equal($"/acme/tiny-1b/resolve/{FakeHub.Commit}/config.json", _hub.Server.Requests[1].Path);
        Assert.Equal(3, _hub.Server.Requests.Count);
        Assert.Null(_hub.Server.Requests[1].Range);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_header_of_a_large_file_takes_one_small_request(bool tellsSizes)
    {
        var file = Pattern(5_000_000);
        _hub.Add("model-00001-of-00001.safetensors", file);
        _hub.TellsSizes = tellsSizes;
        using var client = _hub.Client();
        var files = client.Open(FakeHub.ModelId);

        using var stream = files.Open("model-00001-of-00001.safetensors");
        var header = Read(stream, 8).Concat(Read(stream, 60_000)).ToArray();

        Assert.Equal(file[..60_008], header);
        Assert.Equal(file.Length, stream.Length);
        Assert.Equal((0, 65_535), Assert.Single(_hub.Storage.Requests).Range);
        Assert.Equal(65_536, files.ReceivedBytes);
    }

    [Fact]
    public void A_long_header_takes_one_more_request_for_its_rest()
    {
        var file = Pattern(6_000_000);
        _hub.Add("model.safetensors", file);
        using var client = _hub.Client();

        using var stream = client.Open(FakeHub.ModelId).Open("model.safetensors");
        var header = Read(stream, 8).Concat(Read(stream, 2_000_000)).ToArray();

        Assert.Equal(file[..2_000_008], header);
        Assert.Equal([(0L, 65_535L), (65_536, 2_031_615)], _hub.Storage.Requests.Select(request => request.Range!.Value));
    }

    [Fact]
    public void Reading_on_in_small_steps_fetches_ever_larger_parts()
    {
        var file = Pattern(20_000_000);
        _hub.Add("model.gguf", file);
        using var client = _hub.Client();

        using var stream = client.Open(FakeHub.ModelId).Open("model.gguf");
        var read = Enumerable.Range(0, 4_000).SelectMany(_ => Read(stream, 1_000)).ToArray();

        Assert.Equal(file[..4_000_000], read);
        Assert.InRange(_hub.Storage.Requests.Count, 2, 7);
        Assert.InRange(_hub.Storage.SentBytes, 4_000_000, 8_500_000);
    }

    [Fact]
    public void Going_back_and_far_ahead_reads_the_right_bytes_and_fetches_nothing_between()
    {
        var file = Pattern(9_000_001);
        _hub.Add("model.gguf", file);
        using var client = _hub.Client();
        using var stream = client.Open(FakeHub.ModelId).Open("model.gguf");

        Assert.Equal(file[..10], Read(stream, 10));
        stream.Seek(-1, SeekOrigin.End);
        Assert.Equal(file[^1], stream.ReadByte());
        Assert.Equal(-1, stream.ReadByte());
        stream.Position = 5;
        Assert.Equal(file[5..100_000], Read(stream, 99_995));
        stream.Position = 20_000_000;
        Assert.Equal(-1, stream.ReadByte());

        Assert.Equal(3, _hub.Storage.Requests.Count);
        Assert.InRange(_hub.Storage.SentBytes, 0, 300_000);
    }

    [Fact]
    public void An_empty_file_is_empty_whether_its_size_was_told_or_not()
    {
        _hub.Add("empty.safetensors", []);
        foreach (var tellsSizes in new[] { true, false })
        {
            _hub.TellsSizes = tellsSizes;
            using var client = _hub.Client();
            using var stream = client.Open(FakeHub.ModelId).Open("empty.safetensors");

            Assert.Equal(-1, stream.ReadByte());
            Assert.Equal(0, stream.Length);
        }
    }

    [Fact]
    public void Names_with_blanks_and_signs_are_escaped_step_by_step()
    {
        _hub.Add("config.json", [1]);
        _hub.FileAnswer = request => FakeReply.File([7], request);
        _hub.Add("sub folder/a+b#c.json", [1]);
        using var client = _hub.Client();

        client.Open(FakeHub.ModelId).Read("sub folder/a+b#c.json", 10);

        Assert.EndsWith("/sub%20folder/a%2Bb%23c.json", _hub.Server.Requests[1].Path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../other/resolve/main/config.json")]
    [InlineData("/config.json")]
    [InlineData("a/../../b")]
    public void A_path_out_of_the_model_is_not_asked_for(string path)
    {
        using var client = _hub.Client();
        var files = client.Open(FakeHub.ModelId);

        Assert.Equal(ErrorIds.ModelFileNameInvalid, Assert.Throws<LlmMemoryException>(() => files.Read(path, 10)).ErrorId);
        Assert.Equal(ErrorIds.ModelFileNameInvalid, Assert.Throws<LlmMemoryException>(() => files.Open(path)).ErrorId);
        Assert.Single(_hub.Server.Requests);
    }

    [Fact]
    public void A_file_that_the_model_has_not_is_named()
    {
        using var client = _hub.Client();
        var files = client.Open(FakeHub.ModelId);

        var read = Assert.Throws<LlmMemoryException>(() => files.Read("config.json", 10));
        var open = Assert.Throws<LlmMemoryException>(() => files.Open("model.gguf"));

        Assert.Equal(ErrorIds.ModelFileNotFound, read.ErrorId);
        Assert.Equal(ErrorIds.ModelFileNotFound, open.ErrorId);
        Assert.Contains("config.json", read.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_longer_than_its_kind_is_not_read()
    {
        _hub.Add("config.json", new byte[50_000]);
        foreach (var tellsSizes in new[] { true, false })
        {
            _hub.TellsSizes = tellsSizes;
            using var client = _hub.Client();
            var files = client.Open(FakeHub.ModelId);

            var error = Assert.Throws<LlmMemoryException>(() => files.Read("config.json", 10_000));

            Assert.Equal(ErrorIds.ModelFileTooLarge, error.ErrorId);
            Assert.Equal(0, files.ReceivedBytes);
        }
    }

    [Fact]
    public void A_header_that_never_ends_is_given_up_at_the_cap()
    {
        _hub.Add("model.gguf", Pattern(3_000_000));
        using var client = new HubClient(_hub.Options() with { MaxFileBytes = 1_000_000 });
        var files = client.Open(FakeHub.ModelId);
        using var stream = files.Open("model.gguf");

        var error = Assert.Throws<LlmMemoryException>(() => Read(stream, 3_000_000));

        Assert.Equal(ErrorIds.ModelFileTooLarge, error.ErrorId);
        Assert.InRange(files.ReceivedBytes, 0, 1_000_000);
    }

    [Fact]
    public async Task Headers_of_many_shards_are_read_in_parallel()
    {
        var shards = Enumerable.Range(0, 40).Select(index => $"model-{index:d5}.safetensors").ToArray();
        Array.ForEach(shards, shard => _hub.Add(shard, Encoding.ASCII.GetBytes(shard.PadRight(10_000))));
        using var client = _hub.Client();
        var files = client.Open(FakeHub.ModelId);

        await Parallel.ForEachAsync(shards, (shard, _) =>
        {
            using var stream = files.Open(shard);
            Assert.Equal(shard, Encoding.ASCII.GetString(Read(stream, shard.Length)));
            return ValueTask.CompletedTask;
        });

        Assert.Equal(400_000, files.ReceivedBytes);
    }

    [Fact]
    public void Progress_tells_file_and_bytes()
    {
        _hub.Add("model.safetensors", Pattern(200_000));
        var reports = new List<HubProgress>();
        using var client = _hub.Client();

        client.Open(FakeHub.ModelId, progress: new Recorder(reports)).Read("model.safetensors", 200_000);

        Assert.True(reports.Count > 1);
        Assert.Equal(new HubProgress("model.safetensors", 200_000, 200_000), reports[^1]);
        Assert.Equal(reports.OrderBy(report => report.ReceivedBytes), reports);
    }

    private static byte[] Read(Stream stream, int count)
    {
        var bytes = new byte[count];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static byte[] Pattern(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    private sealed class Recorder(List<HubProgress> reports) : IProgress<HubProgress>
    {
        public void Report(HubProgress value)
        {
            reports.Add(value);
        }
    }
}
