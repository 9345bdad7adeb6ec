using System;
using System.Linq;
using System.Text;
using LlmMemory.Errors;
using LlmMemory.Sources.Hub;
using Xunit;

namespace LlmMemory.Core.Tests.Hub;

/// <summary>Answers that are cut, endless, contradict themselves, or come from something that is no Hub.</summary>
public sealed class HubBadAnswerTests : IDisposable
{
    private const string File = "model.safetensors";

    private static readonly byte[] Content = [.. Enumerable.Range(0, 500_000).Select(index => (byte)(index % 251))];

    private readonly FakeHub _hub = new();

    public HubBadAnswerTests()
    {
        _hub.Add(File, Content);
    }

    public void Dispose()
    {
        _hub.Dispose();
    }

    [Fact]
    public void A_body_that_is_cut_off_is_fetched_again()
    {
        var replies = 0;
        _hub.StorageAnswer = request => replies++ < 2 ? Part(request) with { CutAfter = 1_000 } : Part(request);

        Assert.Equal(0, ReadFirstByte());
        Assert.Equal(3, _hub.Storage.Requests.Count);
    }

    [Fact]
    public void A_body_that_is_always_cut_off_is_an_error()
    {
        _hub.StorageAnswer = request => Part(request) with { CutAfter = 1_000 };

        Assert.Equal(ErrorIds.HubUnavailable, ReadError().ErrorId);
        Assert.Equal(5, _hub.Storage.Requests.Count);
    }

    [Fact]
    public void A_body_cut_off_without_an_announced_length_is_an_error()
    {
        _hub.StorageAnswer = request => Part(request) with { AnnouncedLength = -1, CutAfter = 1_000 };

        Assert.Equal(ErrorIds.HubUnavailable, ReadError().ErrorId);
    }

    [Theory]
    [InlineData("bytes 1-65536/500000")]
    [InlineData("bytes 0-65534/500000")]
    [InlineData("bytes 0-65535/400000")]
    [InlineData("bytes 0-65535/9223372036854775807")]
    [InlineData("bytes 0-65535/99999999999999999999")]
    [InlineData("bytes 65535-0/500000")]
    [InlineData("items 0-65535/500000")]
    [InlineData("bytes */500000")]
    [InlineData("nonsense")]
    public void A_part_that_was_not_asked_for_is_not_taken(string contentRange)
    {
        _hub.StorageAnswer = request => Part(request) with { Headers = new() { ["Content-Range"] = contentRange } };

        Assert.Equal(ErrorIds.HubResponseInvalid, ReadError().ErrorId);
        Assert.Single(_hub.Storage.Requests);
    }

    [Fact]
    public void A_part_whose_length_contradicts_its_range_is_not_taken()
    {
        _hub.StorageAnswer = request => Part(request) with { AnnouncedLength = 70_000 };

        Assert.Equal(ErrorIds.HubResponseInvalid, ReadError().ErrorId);
    }

    [Fact]
    public void A_part_without_an_announced_length_is_taken()
    {
        _hub.StorageAnswer = request => Part(request) with { AnnouncedLength = -1 };

        Assert.Equal(0, ReadFirstByte());
    }

    [Fact]
    public void A_compressed_answer_is_not_taken()
    {
        _hub.StorageAnswer = request =>
        {
            var reply = Part(request);
            reply.Headers["Content-Encoding"] = "gzip";
            return reply;
        };

        Assert.Equal(ErrorIds.HubResponseInvalid, ReadError().ErrorId);
        Assert.Equal("identity", _hub.Storage.Requests[0].Headers["Accept-Encoding"]);
    }

    [Fact]
    public void A_server_that_knows_no_ranges_is_read_only_as_far_as_needed()
    {
        _hub.StorageAnswer = _ => new FakeReply { Body = new byte[1 << 20], IsEndless = true, AnnouncedLength = 700_000_000_000 };
        _hub.TellsSizes = false;
        using var client = _hub.Client();
        var files = client.Open(FakeHub.ModelId);

        using var stream = files.Open(File);
        stream.ReadExactly(new byte[100_000]);

        Assert.Equal(700_000_000_000, stream.Length);
        Assert.InRange(files.ReceivedBytes, 100_000, 400_000);
    }

    [Fact]
    public void A_server_that_knows_no_ranges_is_not_read_for_what_lies_far_behind()
    {
        _hub.StorageAnswer = _ => new FakeReply { Body = new byte[1 << 20], IsEndless = true, AnnouncedLength = 700_000_000_000 };
        _hub.TellsSizes = false;
        using var client = new HubClient(_hub.Options() with { MaxFileBytes = 1 << 20 });
        var files = client.Open(FakeHub.ModelId);
        using var stream = files.Open(File);
        stream.Position = 600_000_000_000;

        var error = Assert.Throws<LlmMemoryException>(() => stream.ReadByte());

        Assert.Equal(ErrorIds.HubResponseInvalid, error.ErrorId);
        Assert.Equal(0, files.ReceivedBytes);
    }

    [Fact]
    public void A_small_file_that_never_ends_is_given_up()
    {
        _hub.TellsSizes = false;
        _hub.FileAnswer = _ => new FakeReply { Body = new byte[10_000], IsEndless = true };
        using var client = _hub.Client();
        var files = client.Open(FakeHub.ModelId);

        var error = Assert.Throws<LlmMemoryException>(() => files.Read(File, 100_000));

        Assert.Equal(ErrorIds.ModelFileTooLarge, error.ErrorId);
        Assert.Equal(100_001, files.ReceivedBytes);
    }

    [Fact]
    public void A_file_of_another_length_than_the_list_says_is_not_taken()
    {
        _hub.FileAnswer = request => FakeReply.File([1, 2, 3], request);
        using var client = _hub.Client();
        var files = client.Open(FakeHub.ModelId);

        Assert.Equal(ErrorIds.HubResponseInvalid, Assert.Throws<LlmMemoryException>(() => files.Read(File, 600_000)).ErrorId);
        Assert.Equal(ErrorIds.HubResponseInvalid, Assert.Throws<LlmMemoryException>(() => files.Open(File).ReadByte()).ErrorId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>Please log in</html>")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"sha\":\"main\",\"siblings\":[]}")]
    [InlineData("{\"sha\":\"../../../../../../../../../../../../etc\",\"siblings\":[]}")]
    [InlineData("{\"sha\":\"0123456789abcdef0123456789abcdef01234567\"}")]
    [InlineData("{\"sha\":\"0123456789abcdef0123456789abcdef01234567\",\"siblings\":{}}")]
    [InlineData("{\"sha\":12,\"siblings\":[]}")]
    public void What_is_no_description_of_a_model_is_an_error(string body)
    {
        _hub.Script(FakeReply.Json(body));
        using var client = _hub.Client();

        Assert.Equal(ErrorIds.HubResponseInvalid, Assert.Throws<LlmMemoryException>(() => client.Open(FakeHub.ModelId)).ErrorId);
    }

    [Fact]
    public void Files_that_could_lead_out_of_the_model_are_not_listed()
    {
        _hub.Script(FakeReply.Json(
            $$"""
            {"sha":"{{FakeHub.Commit}}","siblings":[{"rfilename":"../x","size":1},{"rfilename":"a/b.json","size":-5},{"rfilename":"c.json","size":"9"},
            {"size":1},{"rfilename":7},"text",null]}
            """));
        using var client = _hub.Client();

        Assert.Equal(["a/b.json", "c.json"], client.Open(FakeHub.ModelId).Files.Select(file => file.Path));
    }

    [Fact]
    public void An_endless_description_is_given_up()
    {
        _hub.Script(new FakeReply { Body = Encoding.ASCII.GetBytes(new string(' ', 1 << 20)), IsEndless = true });
        using var client = _hub.Client();

        Assert.Equal(ErrorIds.ModelFileTooLarge, Assert.Throws<LlmMemoryException>(() => client.Open(FakeHub.ModelId)).ErrorId);
    }

    private static FakeReply Part(FakeRequest request)
    {
        return FakeReply.File(Content, request);
    }

    private int ReadFirstByte()
    {
        using var client = _hub.Client();
        using var stream = client.Open(FakeHub.ModelId).Open(File);
        return stream.ReadByte();
    }

    private LlmMemoryException ReadError()
    {
        return Assert.Throws<LlmMemoryException>(() => ReadFirstByte());
    }
}
