using System;
using System.Linq;
using System.Management.Automation;
using LlmMemory.Core.Tests.Gguf;
using LlmMemory.Core.Tests.Hub;
using LlmMemory.Tests.Hosting;
using Xunit;

namespace LlmMemory.Tests.Models;

/// <summary>-ModelId, -Revision and -Token, against a hub on this machine.</summary>
public sealed class HubReadingTests(ModuleSession session) : IClassFixture<ModuleSession>, IDisposable
{
    private const string Tagged = "89abcdef0123456789abcdef0123456789abcdef";

    private readonly HubUser _user = new();

    public void Dispose()
    {
        _user.Dispose();
    }

    [Fact]
    public void A_model_on_the_hub_is_read_with_its_commit()
    {
        var model = session.Run("Get-LlmModel -ModelId acme/tiny-1b").Single();

        Assert.Equal("acme/tiny-1b", model.Get("Name"));
        Assert.Equal("Safetensors", model.Get("Source"));
        Assert.Equal(FakeHub.Commit, model.Get("Revision"));
        Assert.Equal($"acme/tiny-1b@0123456789ab on {_user.Host}", model.Get("Location"));
        Assert.Equal(TinyModel.Parameters, model.Get("Parameters"));
        Assert.Equal(2 * TinyModel.Parameters, model.Get("WeightBytes"));
        Assert.Equal(2048L, model.Get("ContextLength"));
    }

    [Theory]
    [InlineData("Get-LlmMemoryEstimate -ModelId acme/tiny-1b", 2 * TinyModel.Parameters)]
    [InlineData("Get-LlmMemoryEstimate -ModelId acme/tiny-1b -DataType F32", 4 * TinyModel.Parameters)]
    [InlineData("Get-LlmModel -ModelId acme/tiny-1b | Get-LlmMemoryEstimate", 2 * TinyModel.Parameters)]
    [InlineData("Get-LoraMemoryEstimate -ModelId acme/tiny-1b -AdapterParameters 1000", 2 * TinyModel.Parameters)]
    public void An_estimate_takes_a_model_on_the_hub(string command, long weightBytes)
    {
        var estimate = session.Run(command).Single();

        Assert.Equal("acme/tiny-1b", $"{estimate.Get("Model")}".Split(':')[0]);
        Assert.Equal(TinyModel.Parameters, estimate.Get("Parameters"));
        Assert.Equal(weightBytes, estimate.Get("WeightBytes"));
        Assert.Equal("Architecture", estimate.Get("Method"));
    }

    [Theory]
    [InlineData("", FakeHub.Commit)]
    [InlineData("-Revision main", FakeHub.Commit)]
    [InlineData("-Revision ''", FakeHub.Commit)]
    [InlineData("-Revision v1.0", Tagged)]
    [InlineData("-Revision refs/pr/1", Tagged)]
    [InlineData("-Revision " + Tagged, Tagged)]
    public void A_branch_a_tag_and_a_commit_are_revisions(string revision, string commit)
    {
        AddRevisions();

        Assert.Equal(commit, session.Run($"Get-LlmModel -ModelId acme/tiny-1b {revision}").Single().Get("Revision"));
        Assert.All(
            _user.Hub.Server.Requests.Where(request => request.Path.Contains("/resolve/", StringComparison.Ordinal)),
            request => Assert.Contains(commit, request.Path, StringComparison.Ordinal));
    }

    [Fact]
    public void Ids_and_revisions_come_from_the_pipeline()
    {
        AddRevisions();

        var rows = session.Run(
            """
            'acme/tiny-1b,v1.0', 'acme/none,', 'acme/tiny-1b,', 'acme/tiny-1b,v9' |
                ForEach-Object { $id, $revision = $_ -split ','; [pscustomobject]@{ ModelId = $id; Revision = $revision } } |
                Get-LlmModel
            """);
        var texts = session.Run("'acme/tiny-1b', 'acme/none', 'acme/tiny-1b' | Get-LlmModel -ModelId { $_ }");

        Assert.Equal([Tagged, FakeHub.Commit], rows.Values("Revision"));
        Assert.Equal(["HubModelNotFound", "HubRevisionNotFound"], rows.Errors.Select(Id));
        Assert.Equal([FakeHub.Commit, FakeHub.Commit], texts.Values("Revision"));
        Assert.Equal("acme/none", Assert.Single(texts.Errors).TargetObject);
    }

    [Fact]
    public void A_row_that_has_a_count_is_estimated_by_it_and_asks_no_hub()
    {
        var estimate = session.Run("[pscustomobject]@{ Parameters = '7B'; ModelId = 'acme/tiny-1b' } | Get-LlmMemoryEstimate").Single();

        Assert.Equal(14_000_000_000, estimate.Get("TotalBytes"));
        Assert.Empty(_user.Hub.Server.Requests);
    }

    [Fact]
    public void A_model_of_one_GGUF_file_is_called_by_its_id()
    {
        using var hub = AddGguf("tiny-Q4_K_M.gguf");

        var model = session.Run("Get-LlmModel -ModelId acme/tiny-1b").Single();

        Assert.Equal(("acme/tiny-1b", "Gguf", FakeHub.Commit), (model.Get("Name"), model.Get("Source"), model.Get("Revision")));
    }

    [Theory]
    [InlineData("Q4_K_M", "tiny-Q4_K_M.gguf")]
    [InlineData("q8_0", "tiny-Q8_0.gguf")]
    [InlineData("UD-Q2_K_XL", "UD-Q2_K_XL/tiny-UD-Q2_K_XL.gguf")]
    [InlineData("tiny-Q8_0.gguf", "tiny-Q8_0.gguf")]
    public void The_quantisation_behind_a_colon_chooses_one_of_several_GGUF_files(string variant, string file)
    {
        using var hub = AddGguf("tiny-Q4_K_M.gguf", "tiny-Q8_0.gguf", "UD-Q2_K_XL/tiny-UD-Q2_K_XL.gguf", "mmproj-Q8_0.gguf");

        var result = session.Run($"Get-LlmModel -ModelId acme/tiny-1b:{variant} -Verbose");

        Assert.Equal($"acme/tiny-1b:{variant}", result.Single().Get("Name"));
        Assert.Contains($"({file})", Assert.Single(result.Verbose), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("acme/tiny-1b:Q5_K_M", "none of its GGUF files is called Q5_K_M")]
    [InlineData("acme/tiny-1b:Q4_K_M", "several GGUF files lie in it")]
    [InlineData("acme/tiny-1b", "several GGUF files lie in it")]
    public void A_quantisation_that_is_not_the_one_of_one_file_is_an_error_that_names_them(string id, string reason)
    {
        using var hub = AddGguf("tiny-Q4_K_M.gguf", "tiny-UD-Q4_K_M.gguf", "tiny-Q8_0.gguf");

        var error = Assert.Single(session.Run($"Get-LlmModel -ModelId {id}").Errors);

        Assert.Equal("ModelFormatUnknown", Id(error));
        Assert.Contains(reason, error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("tiny-Q4_K_M.gguf", error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Verbose_says_what_was_read_from_where()
    {
        var result = session.Run("Get-LlmModel -ModelId acme/tiny-1b -Verbose");

        var note = Assert.Single(result.Verbose);
        Assert.StartsWith($"Read acme/tiny-1b@0123456789ab on {_user.Host}, revision main: ", note, StringComparison.Ordinal);
        Assert.Contains(" bytes of 2 files (config.json, model.safetensors); ", note, StringComparison.Ordinal);

        // The description, and two files with a redirect each.
        Assert.EndsWith(" bytes came in 5 requests.", note, StringComparison.Ordinal);
        Assert.Equal(5, _user.Hub.Server.Requests.Count + _user.Hub.Storage.Requests.Count);
    }

    [Fact]
    public void Too_many_requests_are_waited_for_and_verbose_says_so()
    {
        _user.Hub.Script(FakeReply.Error(429, header: "Retry-After", value: "1"));

        var result = session.Run("Get-LlmModel -ModelId acme/tiny-1b -Verbose");

        result.Single();
        Assert.Equal($"{_user.Host} failed or has too much to do; asking again in 1 seconds.", result.Verbose[0]);
        Assert.Contains(result.Progress, record => record.StatusDescription.Contains("asking again", StringComparison.Ordinal));
    }

    [Fact]
    public void A_body_that_is_cut_off_is_asked_for_again()
    {
        var cut = 0;
        _user.Hub.StorageAnswer = request =>
        {
            var reply = FakeReply.File(TinyModel.SafetensorsBytes(), request);
            return cut++ == 0 ? reply with { CutAfter = 100 } : reply;
        };

        Assert.Equal(TinyModel.Parameters, session.Run("Get-LlmModel -ModelId acme/tiny-1b").Single().Get("Parameters"));
        Assert.Equal(2, cut);
    }

    [Fact]
    public void Progress_is_written_while_it_takes_time_and_completed()
    {
        _user.Hub.StorageAnswer = request => FakeReply.File(TinyModel.SafetensorsBytes(), request) with { Delay = TimeSpan.FromSeconds(1) };

        var result = session.Run("Get-LlmModel -ModelId acme/tiny-1b");

        result.Single();
        Assert.True(result.Progress.Count >= 2);
        Assert.All(result.Progress, record => Assert.Equal("Reading acme/tiny-1b", record.Activity));
        Assert.Equal(ProgressRecordType.Completed, result.Progress[^1].RecordType);
        Assert.All(result.Progress.SkipLast(1), record => Assert.Equal(ProgressRecordType.Processing, record.RecordType));
    }

    [Fact]
    public void Nothing_but_the_parameter_asks_the_hub()
    {
        session.Run("Get-LlmModel gpt2; Get-LlmModel meta-llama/Llama-3.1-8B; Get-LlmModel -Local; Get-LlmMemoryEstimate -Model gpt2").Clean();

        Assert.Empty(_user.Hub.Server.Requests);
    }

    private FakeHub AddGguf(params string[] files)
    {
        var hub = new FakeHub();
        var gguf = GgufSamples.Model();
        Array.ForEach(files, file => hub.Add(file, [.. gguf.Header(), .. new byte[gguf.DataLength]]));
        _user.Variables["HF_ENDPOINT"] = hub.Server.Address;
        return hub;
    }

    private void AddRevisions()
    {
        _user.Hub.Revisions["main"] = FakeHub.Commit;
        foreach (var name in new[] { "v1.0", "refs/pr/1", Tagged })
        {
            _user.Hub.Revisions[name] = Tagged;
        }
    }

    private static string Id(ErrorRecord error)
    {
        return error.FullyQualifiedErrorId.Split(',')[0];
    }
}
