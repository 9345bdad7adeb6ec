using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LlmMemory.Sources.Local;
using LlmMemory.Sources.Machine;
using Xunit;

namespace LlmMemory.Core.Tests.Local;

/// <summary>Stores as the tools leave them on disk, written by the tests.</summary>
public sealed class LocalStoresTests : IDisposable
{
    private const string Commit = "0123456789abcdef0123456789abcdef01234567";
    private const string OtherCommit = "fedcba9876543210fedcba9876543210fedcba98";

    private readonly TemporaryFolder _home = new();
    private readonly List<LocalStoreProblem> _problems = [];

    public void Dispose()
    {
        _home.Dispose();
    }

    [Fact]
    public void A_machine_without_stores_has_no_models_and_no_problems()
    {
        Assert.Empty(Find());
        Assert.Empty(_problems);
    }

    [Fact]
    public void A_snapshot_of_the_Hugging_Face_cache_is_a_model_at_its_branches()
    {
        const string Repository = ".cache/huggingface/hub/models--meta-llama--Llama-3.1-8B";
        _home.Write($"{Repository}/refs/main", Commit);
        _home.Write($"{Repository}/refs/refs/pr/1", Commit + "\n");
        _home.Write($"{Repository}/snapshots/{Commit}/config.json", "{}");
        _home.Write($"{Repository}/snapshots/{Commit}/model-00001-of-00002.safetensors", "12345");
        _home.Write($"{Repository}/snapshots/{Commit}/model-00002-of-00002.safetensors", "123");
        _home.Write(".cache/huggingface/hub/datasets--squad/refs/main", Commit);
        _home.Write(".cache/huggingface/hub/version.txt", "1");

        var model = Assert.Single(Find());

        Assert.Equal("HuggingFace", model.Store);
        Assert.Equal("meta-llama/Llama-3.1-8B", model.Name);
        Assert.Equal(_home.At($"{Repository}/snapshots/{Commit}"), model.Path);
        Assert.Equal("main, refs/pr/1", model.Revision);
        Assert.Equal(Commit, model.Commit);
        Assert.Equal(10, model.Bytes);
        Assert.True(model.IsComplete);
        Assert.Equal([LocalFileKind.Weights, LocalFileKind.Weights, LocalFileKind.Other], model.Files.Select(file => file.Kind));
        Assert.Equal("meta-llama/Llama-3.1-8B (HuggingFace)", model.ToString());
        Assert.Empty(_problems);
    }

    [Fact]
    public void A_snapshot_that_no_branch_is_at_is_called_by_its_commit()
    {
        _home.Write($".cache/huggingface/hub/models--gpt2/refs/main", OtherCommit);
        _home.Write($".cache/huggingface/hub/models--gpt2/snapshots/{Commit}/model.safetensors", "1");
        _home.Write($".cache/huggingface/hub/models--gpt2/snapshots/{OtherCommit}/model.safetensors", "1");

        Assert.Equal([Commit, "main"], Find().Select(model => model.Revision));
        Assert.All(Find(), model => Assert.Equal("gpt2", model.Name));
    }

    [Theory]
    [InlineData("config.json")]
    [InlineData("model-00001-of-00002.safetensors", "config.json")]
    [InlineData("pytorch_model-00002-of-00003.bin")]
    [InlineData("llama-00001-of-00002.gguf")]
    [InlineData("training_args.bin", "config.json")]
    public void A_snapshot_without_all_its_weights_is_incomplete(params string[] files)
    {
        Array.ForEach(files, file => _home.Write($".cache/huggingface/hub/models--a--b/snapshots/{Commit}/{file}", "1"));

        var model = Assert.Single(Find());

        Assert.False(model.IsComplete);
        Assert.Contains("incomplete", model.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_download_that_has_only_begun_is_listed_as_such()
    {
        _home.Write(".cache/huggingface/hub/models--a--b/blobs/abc.incomplete", "1234");
        _home.Write(".cache/huggingface/hub/models--a--empty/refs/main", Commit);

        var model = Assert.Single(Find());

        Assert.Equal(("a/b", 4L, false), (model.Name, model.Bytes, model.IsComplete));
    }

    [LinksFact]
    public void Links_into_blobs_are_followed_and_a_blob_that_is_missing_makes_it_incomplete()
    {
        var snapshot = $".cache/huggingface/hub/models--a--b/snapshots/{Commit}";
        _home.Write(".cache/huggingface/hub/models--a--b/blobs/one", "1234567");
        _home.Write($"{snapshot}/config.json", "{}");
        File.CreateSymbolicLink(_home.At($"{snapshot}/model.safetensors"), "../../blobs/one");
        Assert.Equal((9L, true), (Find().Single().Bytes, Find().Single().IsComplete));

        File.CreateSymbolicLink(_home.At($"{snapshot}/extra.safetensors"), "../../blobs/two");
        Assert.Equal((9L, false), (Find().Single().Bytes, Find().Single().IsComplete));
    }

    [LinksFact]
    public void A_circle_of_folders_ends()
    {
        var snapshot = $".cache/huggingface/hub/models--a--b/snapshots/{Commit}";
        _home.Write($"{snapshot}/model.safetensors", "1");
        Directory.CreateSymbolicLink(_home.At($"{snapshot}/circle"), _home.At(".cache"));
        Directory.CreateDirectory(_home.At(".cache/huggingface/hub/models--a--b/refs"));
        Directory.CreateSymbolicLink(_home.At(".cache/huggingface/hub/models--a--b/refs/circle"), _home.At(".cache/huggingface/hub/models--a--b/refs"));

        Assert.Single(Find());
    }

    [Theory]
    [InlineData("HF_HUB_CACHE", "~/elsewhere", "elsewhere")]
    [InlineData("HUGGINGFACE_HUB_CACHE", "~/elsewhere", "elsewhere")]
    [InlineData("HF_HOME", "~/hf", "hf/hub")]
    [InlineData("XDG_CACHE_HOME", "~/xdg", "xdg/huggingface/hub")]
    public void The_Hugging_Face_cache_is_where_the_variables_say(string variable, string value, string folder)
    {
        _home.Write($"{folder}/models--a--b/snapshots/{Commit}/model.safetensors", "1");

        Assert.Empty(Find());
        Assert.Single(Find((variable, value)));
    }

    [Fact]
    public void Each_quantisation_of_a_GGUF_repository_is_a_model_of_its_own()
    {
        const string Folder = $".cache/huggingface/hub/models--bartowski--Tiny-GGUF/snapshots/{Commit}";
        _home.Write($"{Folder}/Tiny-Q4_K_M.gguf", "1234");
        _home.Write($"{Folder}/Tiny-Q8_0.gguf", "12345678");
        _home.Write($"{Folder}/mmproj-F16.gguf", "12");
        _home.Write($"{Folder}/BF16/Tiny-BF16-00001-of-00002.gguf", "123");
        _home.Write($"{Folder}/BF16/Tiny-BF16-00002-of-00002.gguf", "1234");
        _home.Write($"{Folder}/README.md", "words");

        var models = Find();

        Assert.Equal(
            [("bartowski/Tiny-GGUF/Tiny-BF16-00001-of-00002.gguf", 7L), ("bartowski/Tiny-GGUF/Tiny-Q4_K_M.gguf", 6), ("bartowski/Tiny-GGUF/Tiny-Q8_0.gguf", 10)],
            models.Select(model => (model.Name, model.Bytes)));
        Assert.All(models, model => Assert.True(model.IsComplete && File.Exists(model.Path)));
        Assert.Equal(LocalFileKind.Projector, models[1].Files[1].Kind);
    }

    [Fact]
    public void An_adapter_is_known_by_its_name()
    {
        _home.Write($".cache/huggingface/hub/models--a--lora/snapshots/{Commit}/adapter_model.safetensors", "1");

        Assert.Equal(LocalFileKind.Adapter, Find().Single().Files.Single().Kind);
    }

    [Theory]
    [InlineData("registry.ollama.ai/library/llama3.1/8b", "llama3.1:8b")]
    [InlineData("registry.ollama.ai/library/llama3.1/latest", "llama3.1:latest")]
    [InlineData("registry.ollama.ai/jmorganca/tiny/1b", "jmorganca/tiny:1b")]
    [InlineData("hf.co/bartowski/Llama-3.2-1B-Instruct-GGUF/Q4_K_M", "hf.co/bartowski/Llama-3.2-1B-Instruct-GGUF:Q4_K_M")]
    public void Ollamas_models_are_called_as_it_calls_them(string manifest, string name)
    {
        WriteOllama(".ollama/models", manifest, ("model", 'a', "12345"), ("projector", 'b', "12"), ("license", 'c', "1"));

        var model = Assert.Single(Find());

        Assert.Equal(("Ollama", name, 8L, true), (model.Store, model.Name, model.Bytes, model.IsComplete));
        Assert.Equal(_home.At(".ollama/models/blobs/sha256-" + new string('a', 64)), model.Path);
        Assert.Equal(
            [LocalFileKind.Weights, LocalFileKind.Projector, LocalFileKind.Other], model.Files.Select(file => file.Kind));
    }

    [Fact]
    public void Ollamas_store_is_where_the_variable_says_and_nowhere_else()
    {
        WriteOllama("data/ollama", "registry.ollama.ai/library/there/1", ("model", 'a', "1"));
        WriteOllama(".ollama/models", "registry.ollama.ai/library/here/1", ("model", 'a', "1"));

        Assert.Equal("here:1", Find().Single().Name);
        Assert.Equal("there:1", Find(("OLLAMA_MODELS", _home.At("data/ollama"))).Single().Name);
    }

    [Fact]
    public void An_Ollama_model_whose_blob_is_missing_or_cut_is_incomplete()
    {
        WriteOllama(".ollama/models", "registry.ollama.ai/library/m/cut", ("model", 'a', "12345"));
        WriteOllama(".ollama/models", "registry.ollama.ai/library/m/gone", ("model", 'b', "12345"));
        File.WriteAllText(_home.At(".ollama/models/blobs/sha256-" + new string('a', 64)), "123");
        File.Delete(_home.At(".ollama/models/blobs/sha256-" + new string('b', 64)));

        Assert.All(Find(), model => Assert.False(model.IsComplete));
        Assert.Equal(["m:cut", "m:gone"], Find().Select(model => model.Name));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"layers\":{}}")]
    [InlineData("{\"layers\":[{\"mediaType\":\"application/vnd.ollama.image.model\",\"digest\":\"sha256:../../../../etc/passwd\",\"size\":1}]}")]
    [InlineData("{\"layers\":[{\"mediaType\":\"application/vnd.ollama.image.model\",\"size\":1}, 7, null]}")]
    [InlineData("\u0000\u0001")]
    public void A_manifest_that_is_none_is_told_and_the_others_are_listed(string manifest)
    {
        WriteOllama(".ollama/models", "registry.ollama.ai/library/good/1", ("model", 'a', "1"));
        var path = _home.Write(".ollama/models/manifests/registry.ollama.ai/library/bad/1", manifest);
        _home.Write(".ollama/models/manifests/registry.ollama.ai/library/good/.DS_Store", "x");

        Assert.Equal("good:1", Find().Single().Name);
        Assert.All(_problems, problem => Assert.Equal(("Ollama", path), (problem.Store, problem.Path)));
        Assert.NotEmpty(_problems);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[{\"mediaType\":\"application/vnd.ollama.image.license\",\"digest\":\"sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\",\"size\":1}]")]
    public void An_Ollama_model_that_runs_elsewhere_is_incomplete_and_no_problem(string layers)
    {
        var path = _home.Write(".ollama/models/manifests/registry.ollama.ai/library/big/cloud", $$"""{"layers":{{layers}}}""");

        var model = Assert.Single(Find());

        Assert.Equal(("big:cloud", path, false), (model.Name, model.Path, model.IsComplete));
        Assert.Empty(_problems);
    }

    [Fact]
    public void The_places_that_are_looked_into_are_told_whether_they_are_there_or_not()
    {
        _home.Write("hf/hub/version.txt", "1");

        var folders = LocalStores.Folders(Environment(("HF_HOME", "~/hf"), ("OLLAMA_MODELS", _home.At("models")), ("LLAMA_CACHE", "~/cache")));

        Assert.Equal(
            [
                new("HuggingFace", _home.At("hf/hub"), true),
                new("Ollama", _home.At("models"), false),
                new("LMStudio", _home.At(".lmstudio/models"), false),
                new("LMStudio", _home.At(".cache/lm-studio/models"), false),
                new LocalStoreFolder("LlamaCpp", _home.At("cache"), false),
            ],
            folders);
    }

    [LinksFact]
    public void What_cannot_be_read_is_told_and_the_rest_listed()
    {
        WriteOllama(".ollama/models", "registry.ollama.ai/library/good/1", ("model", 'a', "1"));
        var link = _home.At(".ollama/models/manifests/registry.ollama.ai/library/good/2");
        File.CreateSymbolicLink(link, link);

        Assert.Equal("good:1", Find().Single().Name);
        Assert.Equal(link, Assert.Single(_problems).Path);
    }

    [Fact]
    public void LM_Studios_folder_is_found_by_its_settings_and_by_default()
    {
        _home.Write(".lmstudio/models/lmstudio-community/Tiny-GGUF/Tiny-Q4_K_M.gguf", "1234");
        _home.Write(".lmstudio/models/lmstudio-community/Tiny-GGUF/mmproj-Tiny.gguf", "12");
        _home.Write(".lmstudio/models/mlx-community/Tiny-4bit/config.json", "{}");
        _home.Write(".lmstudio/models/mlx-community/Tiny-4bit/model.safetensors", "123");
        _home.Write(".cache/lm-studio/models/old/Model/old.gguf", "1");
        _home.Write("disk/lms/models-of-mine/me/Mine/mine.gguf", "1");

        Assert.Equal(
            [("lmstudio-community/Tiny-GGUF/Tiny-Q4_K_M.gguf", 6L), ("mlx-community/Tiny-4bit", 5), ("old/Model/old.gguf", 1)],
            Find().Select(model => (model.Name, model.Bytes)));
        Assert.All(Find(), model => Assert.Equal("LMStudio", model.Store));

        _home.Write(".lmstudio-home-pointer", _home.At("disk/lms") + "\n");
        _home.Write("disk/lms/settings.json", $$"""{"downloadsFolder":"{{_home.At("disk/lms/models-of-mine").Replace("\\", "\\\\", StringComparison.Ordinal)}}"}""");
        Assert.Equal("me/Mine/mine.gguf", Find()[0].Name);
        Assert.Empty(_problems);

        _home.Write("disk/lms/settings.json", "{");
        Assert.Equal(3, Find().Count);
        Assert.Equal(_home.At("disk/lms/settings.json"), _problems[^1].Path);
    }

    [Theory]
    [InlineData(MachinePlatform.Linux, ".cache/llama.cpp")]
    [InlineData(MachinePlatform.MacOS, "Library/Caches/llama.cpp")]
    [InlineData(MachinePlatform.Windows, "AppData/Local/llama.cpp")]
    public void The_cache_of_llama_cpp_is_where_each_system_has_it(MachinePlatform platform, string folder)
    {
        _home.Write($"{folder}/ggml-org_tiny-00001-of-00002.gguf", "123");
        _home.Write($"{folder}/ggml-org_tiny-00002-of-00002.gguf", "12");
        _home.Write($"{folder}/ggml-org_tiny_mmproj.gguf", "1");
        _home.Write($"{folder}/other.gguf.downloadInProgress", "1");
        _home.Write($"{folder}/other.gguf.etag", "1");

        var models = LocalStores.Find(UserEnvironment.Of(_home.Path, platform, new Dictionary<string, string>())).ToList();

        Assert.Equal(
            [("ggml-org_tiny-00001-of-00002", 5L, true), ("other", 1, false)],
            models.Select(model => (model.Name, model.Bytes, model.IsComplete)));
    }

    [Fact]
    public void The_cache_of_llama_cpp_is_where_the_variable_says()
    {
        _home.Write("mine/a.gguf", "1");

        Assert.Equal("a", Find(("LLAMA_CACHE", _home.At("mine"))).Single().Name);
    }

    [Fact]
    public void Models_are_found_as_they_are_asked_for()
    {
        WriteOllama(".ollama/models", "registry.ollama.ai/library/m/1", ("model", 'a', "1"));
        _home.Write(".ollama/models/manifests/registry.ollama.ai/library/m/2", "{");

        Assert.Equal("m:1", LocalStores.Find(Environment(), _problems.Add).First().Name);

        Assert.Empty(_problems);
    }

    [Fact]
    public void The_stores_of_this_process_are_found_without_an_error()
    {
        Assert.All(LocalStores.Find().Take(10), model => Assert.NotEmpty(model.Name));
    }

    private void WriteOllama(string root, string manifest, params (string Kind, char Digest, string Content)[] layers)
    {
        var entries = layers.Select(layer =>
        {
            var digest = new string(layer.Digest, 64);
            _home.Write($"{root}/blobs/sha256-{digest}", layer.Content);
            return $$"""{"mediaType":"application/vnd.ollama.image.{{layer.Kind}}","digest":"sha256:{{digest}}","size":{{layer.Content.Length}}}""";
        });
        _home.Write($"{root}/manifests/{manifest}", $$"""{"schemaVersion":2,"layers":[{{string.Join(",", entries)}}]}""");
    }

    private List<LocalModel> Find(params (string Name, string Value)[] variables)
    {
        return LocalStores.Find(Environment(variables), _problems.Add).ToList();
    }

    private UserEnvironment Environment(params (string Name, string Value)[] variables)
    {
        return UserEnvironment.Of(_home.Path, MachinePlatform.Linux, variables.ToDictionary(pair => pair.Name, pair => pair.Value));
    }
}
