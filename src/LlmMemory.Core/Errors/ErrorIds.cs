namespace LlmMemory.Errors;

/// <summary>
/// The stable identifiers of every error that a user can cause. They are part of the public interface: scripts test
/// <c>FullyQualifiedErrorId</c> against them. The topic about_LlmMemory_Errors lists them.
/// </summary>
public static class ErrorIds
{
    /// <summary>No parameter count was given where one is needed: a blank cell or <c>$null</c>.</summary>
    public const string ParameterCountMissing = nameof(ParameterCountMissing);

    /// <summary>The value cannot be read as a parameter count.</summary>
    public const string ParameterCountInvalid = nameof(ParameterCountInvalid);

    /// <summary>The count is below one, not finite, or above what the engine calculates with.</summary>
    public const string ParameterCountOutOfRange = nameof(ParameterCountOutOfRange);

    /// <summary>No data type of that name is known.</summary>
    public const string DataTypeUnknown = nameof(DataTypeUnknown);

    /// <summary>No mode of that name is known.</summary>
    public const string ModeUnknown = nameof(ModeUnknown);

    /// <summary>No optimizer of that name is known.</summary>
    public const string OptimizerUnknown = nameof(OptimizerUnknown);

    /// <summary>The rule of thumb has no figure for the optimizer: its states follow from the shapes of a known model.</summary>
    public const string OptimizerNeedsModel = nameof(OptimizerNeedsModel);

    /// <summary>No method of estimating has that name.</summary>
    public const string MethodUnknown = nameof(MethodUnknown);

    /// <summary>A training is to be estimated by how a model is built, and only a count of parameters is known.</summary>
    public const string MethodNeedsModel = nameof(MethodNeedsModel);

    /// <summary>No training framework of that name is known.</summary>
    public const string FrameworkUnknown = nameof(FrameworkUnknown);

    /// <summary>The framework has no rules for that version.</summary>
    public const string FrameworkVersionUnknown = nameof(FrameworkVersionUnknown);

    /// <summary>No attention kernel of that name is known.</summary>
    public const string AttentionKernelUnknown = nameof(AttentionKernelUnknown);

    /// <summary>No set of layer kernels of that name is known.</summary>
    public const string LayerKernelsUnknown = nameof(LayerKernelsUnknown);

    /// <summary>No loss kernel of that name is known.</summary>
    public const string LossKernelUnknown = nameof(LossKernelUnknown);

    /// <summary>No way to recompute activations has that name.</summary>
    public const string RecomputationUnknown = nameof(RecomputationUnknown);

    /// <summary>No way to split a training over ranks has that name.</summary>
    public const string ShardingUnknown = nameof(ShardingUnknown);

    /// <summary>Nothing of a training that can lie in host memory has that name.</summary>
    public const string OffloadUnknown = nameof(OffloadUnknown);

    /// <summary>No training recipe has that name.</summary>
    public const string RecipeUnknown = nameof(RecipeUnknown);

    /// <summary>No reference model of a training recipe has that name.</summary>
    public const string ReferenceModelUnknown = nameof(ReferenceModelUnknown);

    /// <summary>No way to send tokens to experts has that name.</summary>
    public const string TokenDispatcherUnknown = nameof(TokenDispatcherUnknown);

    /// <summary>No generation of GPUs has that name.</summary>
    public const string GpuGenerationUnknown = nameof(GpuGenerationUnknown);

    /// <summary>No part of a layer that selective recomputation knows has that name.</summary>
    public const string RecomputeModuleUnknown = nameof(RecomputeModuleUnknown);

    /// <summary>No precision of training has that name.</summary>
    public const string TrainingPrecisionUnknown = nameof(TrainingPrecisionUnknown);

    /// <summary>A setting of training does not fit the others: a batch that does not divide, a sharding without ranks.</summary>
    public const string TrainingSettingInvalid = nameof(TrainingSettingInvalid);

    /// <summary>The model cannot be trained as asked: only its tensors are known, or its weights are quantised.</summary>
    public const string TrainingNeedsArchitecture = nameof(TrainingNeedsArchitecture);

    /// <summary>All weights of a quantised model are to be trained.</summary>
    public const string TrainingNeedsPlainWeights = nameof(TrainingNeedsPlainWeights);

    /// <summary>The safety margin cannot be read as a fraction or a percentage.</summary>
    public const string SafetyMarginInvalid = nameof(SafetyMarginInvalid);

    /// <summary>The safety margin lies outside 0 to 100 %.</summary>
    public const string SafetyMarginOutOfRange = nameof(SafetyMarginOutOfRange);

    /// <summary>The training multiplier cannot be read as a number.</summary>
    public const string TrainingMultiplierInvalid = nameof(TrainingMultiplierInvalid);

    /// <summary>The training multiplier is below 1 or above what the engine calculates with.</summary>
    public const string TrainingMultiplierOutOfRange = nameof(TrainingMultiplierOutOfRange);

    /// <summary>The inputs are each legal, but the estimate does not fit into 64 bits.</summary>
    public const string EstimateOverflow = nameof(EstimateOverflow);

    /// <summary>A config.json is no JSON object; the error has the offset.</summary>
    public const string ConfigInvalid = nameof(ConfigInvalid);

    /// <summary>A configuration lacks a field that the model's family has no default for.</summary>
    public const string ConfigFieldMissing = nameof(ConfigFieldMissing);

    /// <summary>A configuration's field has a value of the wrong kind, or one that contradicts another.</summary>
    public const string ConfigFieldInvalid = nameof(ConfigFieldInvalid);

    /// <summary>No family of models is known by that model_type.</summary>
    public const string ArchitectureUnknown = nameof(ArchitectureUnknown);

    /// <summary>
    /// A model has a part beside its language model that is not known: a vision tower, an audio tower, a talker. It
    /// comes instead of a count that would leave that part out.
    /// </summary>
    public const string ModelPartUnknown = nameof(ModelPartUnknown);

    /// <summary>Dimensions are each legal, but their product does not fit 64 bits.</summary>
    public const string ModelTooLarge = nameof(ModelTooLarge);

    /// <summary>No model of that name is known: in the built-in catalogue, or with -Local on this machine.</summary>
    public const string ModelUnknown = nameof(ModelUnknown);

    /// <summary>The path of a model's file leaves the model's folder, or is none.</summary>
    public const string ModelFileNameInvalid = nameof(ModelFileNameInvalid);

    /// <summary>A model's folder, or a file in it, is not there: on this machine or on the Hub.</summary>
    public const string ModelFileNotFound = nameof(ModelFileNotFound);

    /// <summary>A file is longer than any real one of its kind.</summary>
    public const string ModelFileTooLarge = nameof(ModelFileTooLarge);

    /// <summary>The system does not let the file or folder be read, or it points outside of itself.</summary>
    public const string ModelFileUnreadable = nameof(ModelFileUnreadable);

    /// <summary>A model's id on the Hub is not name or owner/name.</summary>
    public const string ModelIdInvalid = nameof(ModelIdInvalid);

    /// <summary>A revision is no branch, tag or commit.</summary>
    public const string ModelRevisionInvalid = nameof(ModelRevisionInvalid);

    /// <summary>The Hub's address, HF_ENDPOINT or given, is no HTTPS address.</summary>
    public const string HubEndpointInvalid = nameof(HubEndpointInvalid);

    /// <summary>The access token is empty or holds letters that no token has.</summary>
    public const string HubTokenInvalid = nameof(HubTokenInvalid);

    /// <summary>The Hub has no such model, or does not show it to this user.</summary>
    public const string HubModelNotFound = nameof(HubModelNotFound);

    /// <summary>The model has no such branch, tag or commit.</summary>
    public const string HubRevisionNotFound = nameof(HubRevisionNotFound);

    /// <summary>The model is there and this user may not read it: it is gated, disabled, or the token lacks a right.</summary>
    public const string HubAccessDenied = nameof(HubAccessDenied);

    /// <summary>The Hub does not accept the access token.</summary>
    public const string HubTokenRejected = nameof(HubTokenRejected);

    /// <summary>The Hub has had too many requests, and still has after waiting.</summary>
    public const string HubRateLimited = nameof(HubRateLimited);

    /// <summary>The Hub cannot be reached, is too slow, or fails on its side.</summary>
    public const string HubUnavailable = nameof(HubUnavailable);

    /// <summary>HF_HUB_OFFLINE is set, so the Hub was not asked.</summary>
    public const string HubOffline = nameof(HubOffline);

    /// <summary>The Hub's answer is not what its API promises, or leads somewhere that is not safe.</summary>
    public const string HubResponseInvalid = nameof(HubResponseInvalid);

    /// <summary>A GGUF file breaks its format: cut off, damaged or hostile. The error has the offset.</summary>
    public const string GgufInvalid = nameof(GgufInvalid);

    /// <summary>A GGUF file is big-endian, of another version, or has a tensor type that ggml does not read. The error has the offset.</summary>
    public const string GgufUnsupported = nameof(GgufUnsupported);

    /// <summary>The metadata of a GGUF file lacks what its architecture needs, or contradicts itself.</summary>
    public const string GgufMetadataInvalid = nameof(GgufMetadataInvalid);

    /// <summary>Parts of a split GGUF model are missing, or do not belong together.</summary>
    public const string GgufIncomplete = nameof(GgufIncomplete);

    /// <summary>llama.cpp cannot convert models of that kind to GGUF, or its mixture has no type for one of its tensors.</summary>
    public const string GgufConversionUnknown = nameof(GgufConversionUnknown);

    /// <summary>The data type stores different tensors differently: only a model's tensors tell its size.</summary>
    public const string DataTypeNeedsModel = nameof(DataTypeNeedsModel);

    /// <summary>The data type is one of a tensor, in which no tool stores a whole model.</summary>
    public const string DataTypeNotForModel = nameof(DataTypeNotForModel);

    /// <summary>The model's weights are quantised already, so that they cannot be stored in another type.</summary>
    public const string ModelAlreadyQuantized = nameof(ModelAlreadyQuantized);

    /// <summary>A safetensors file, or the index of several, breaks its format: cut off, damaged or hostile. The error has the offset.</summary>
    public const string SafetensorsInvalid = nameof(SafetensorsInvalid);

    /// <summary>Files of a sharded safetensors model are missing, or lack tensors that the index promises.</summary>
    public const string SafetensorsIncomplete = nameof(SafetensorsIncomplete);

    /// <summary>Neither the configuration nor the shapes tell how many weights are packed into one element of a tensor.</summary>
    public const string PackedWeightsUnknown = nameof(PackedWeightsUnknown);

    /// <summary>A path or repository holds nothing that a model can be read from, or several of which one has to be chosen.</summary>
    public const string ModelFormatUnknown = nameof(ModelFormatUnknown);

    /// <summary>A store of models on this machine has a file or folder that cannot be read; the rest of it is listed.</summary>
    public const string LocalStoreUnreadable = nameof(LocalStoreUnreadable);

    /// <summary>A checkpoint's quantization method, or the format that it stores weights in, is not known.</summary>
    public const string QuantizationUnknown = nameof(QuantizationUnknown);

    /// <summary>A way to store weights can hold none of a model's: its groups divide no row of them.</summary>
    public const string QuantizationImpossible = nameof(QuantizationImpossible);

    /// <summary>No type of that name caches keys and values.</summary>
    public const string KvCacheTypeUnknown = nameof(KvCacheTypeUnknown);

    /// <summary>No engine of that name is known.</summary>
    public const string EngineUnknown = nameof(EngineUnknown);

    /// <summary>The rules of that version of the engine are not known.</summary>
    public const string EngineVersionUnknown = nameof(EngineVersionUnknown);

    /// <summary>Serving is asked for a model of which only tensors are known.</summary>
    public const string ServingNeedsArchitecture = nameof(ServingNeedsArchitecture);

    /// <summary>The engine refuses a setting, alone or for this model: ranks that do not divide the heads.</summary>
    public const string EngineRefusesSetting = nameof(EngineRefusesSetting);

    /// <summary>A count of tokens, ranks, sequences or the like cannot be read.</summary>
    public const string ServingSettingInvalid = nameof(ServingSettingInvalid);

    /// <summary>A setting of a serving engine lies outside of what the engine takes.</summary>
    public const string ServingSettingOutOfRange = nameof(ServingSettingOutOfRange);

    /// <summary>The engine does not cache keys or values in that type: at all, without flash attention, or for that model.</summary>
    public const string KvCacheTypeUnsupported = nameof(KvCacheTypeUnsupported);

    /// <summary>The engine cannot spread a model over GPUs in that way.</summary>
    public const string SplitModeUnsupported = nameof(SplitModeUnsupported);

    /// <summary>A rule for single tensors is no <c>regex=buffer</c>, names no buffer, or takes too long to match.</summary>
    public const string TensorOverrideInvalid = nameof(TensorOverrideInvalid);

    /// <summary>llama.cpp runs the model, and lays out its memory in a way that is not known here.</summary>
    public const string LlamaCppModelUnsupported = nameof(LlamaCppModelUnsupported);

    /// <summary>A log is not there.</summary>
    public const string LogNotFound = nameof(LogNotFound);

    /// <summary>The system does not let a log be read: it is locked, forbidden, or a folder.</summary>
    public const string LogUnreadable = nameof(LogUnreadable);

    /// <summary>A log is longer than what is read, or reports more figures than an engine does.</summary>
    public const string LogTooLarge = nameof(LogTooLarge);

    /// <summary>A log reports nothing that is known of vLLM, SGLang, llama.cpp or Ollama.</summary>
    public const string LogWithoutFigures = nameof(LogWithoutFigures);

    /// <summary>A log has figures of several engines.</summary>
    public const string LogOfSeveralEngines = nameof(LogOfSeveralEngines);

    /// <summary>An estimate is of training, or of another engine than the one that wrote the log.</summary>
    public const string EstimateNotComparable = nameof(EstimateNotComparable);

    /// <summary>No calibration of that name is kept, or no file is at that path.</summary>
    public const string CalibrationNotFound = nameof(CalibrationNotFound);

    /// <summary>A calibration cannot be kept under that name.</summary>
    public const string CalibrationNameInvalid = nameof(CalibrationNameInvalid);

    /// <summary>The file of a calibration is damaged, of another version, or something else.</summary>
    public const string CalibrationInvalid = nameof(CalibrationInvalid);

    /// <summary>The system does not let a calibration be read.</summary>
    public const string CalibrationUnreadable = nameof(CalibrationUnreadable);

    /// <summary>A calibration is of another engine, version or device than what it is used for.</summary>
    public const string CalibrationMismatch = nameof(CalibrationMismatch);

    /// <summary>Estimate and log cannot be made a calibration: nothing that is measured, or not the same run.</summary>
    public const string CalibrationUnfit = nameof(CalibrationUnfit);

    /// <summary>A calibration of that name is there already.</summary>
    public const string CalibrationExists = nameof(CalibrationExists);

    /// <summary>The system does not let a calibration be written.</summary>
    public const string CalibrationNotSaved = nameof(CalibrationNotSaved);

    /// <summary>No adapter method of that name is known.</summary>
    public const string AdapterMethodUnknown = nameof(AdapterMethodUnknown);

    /// <summary>No module of the model has a name that an adapter is asked for, or none is asked for and PEFT has no default.</summary>
    public const string AdapterTargetUnknown = nameof(AdapterTargetUnknown);

    /// <summary>An adapter is asked for beside a module that the method cannot adapt.</summary>
    public const string AdapterTargetUnsupported = nameof(AdapterTargetUnsupported);

    /// <summary>A name or regular expression for modules cannot be used: it is none, or takes too long.</summary>
    public const string AdapterPatternInvalid = nameof(AdapterPatternInvalid);

    /// <summary>A rank is below one, or above that of a matrix that it is asked for.</summary>
    public const string AdapterRankOutOfRange = nameof(AdapterRankOutOfRange);

    /// <summary>A setting of an adapter does not fit its method or another setting.</summary>
    public const string AdapterSettingInvalid = nameof(AdapterSettingInvalid);

    /// <summary>The adapter of a model cannot be laid out, because only packed tensors or a GGUF file are known.</summary>
    public const string AdapterNeedsCheckpoint = nameof(AdapterNeedsCheckpoint);

    /// <summary>What has to stay free of a device is neither a share nor bytes.</summary>
    public const string HeadroomInvalid = nameof(HeadroomInvalid);

    /// <summary>A verdict by the high end of a band is asked for, and the estimate has none.</summary>
    public const string FitBandMissing = nameof(FitBandMissing);

    /// <summary>No setting of that name can be looked for.</summary>
    public const string LimitSettingUnknown = nameof(LimitSettingUnknown);

    /// <summary>The setting whose limit is looked for is none of the estimate's kind: the rank of a model that is served.</summary>
    public const string LimitSettingUnsuited = nameof(LimitSettingUnsuited);

    /// <summary>No GPU of that name is known.</summary>
    public const string GpuUnknown = nameof(GpuUnknown);

    /// <summary>No maker of GPUs has that name.</summary>
    public const string GpuVendorUnknown = nameof(GpuVendorUnknown);

    /// <summary>No instance of a cloud that holds GPUs of the catalogue has that name.</summary>
    public const string CloudInstanceUnknown = nameof(CloudInstanceUnknown);

    /// <summary>No tool that describes GPUs is on the machine.</summary>
    public const string GpuToolMissing = nameof(GpuToolMissing);

    /// <summary>A tool that describes GPUs cannot be started, or ends with an error.</summary>
    public const string GpuToolFailed = nameof(GpuToolFailed);

    /// <summary>A tool that describes GPUs did not end in time, and was ended.</summary>
    public const string GpuToolTimedOut = nameof(GpuToolTimedOut);

    /// <summary>What a tool says of GPUs is not what any known version of it prints.</summary>
    public const string GpuToolOutputInvalid = nameof(GpuToolOutputInvalid);

    /// <summary>A verdict on devices is asked for, and none are said.</summary>
    public const string DevicesMissing = nameof(DevicesMissing);

    /// <summary>A device does not tell how much memory it has.</summary>
    public const string DeviceMemoryMissing = nameof(DeviceMemoryMissing);

    /// <summary>A setting of a workload is said beside an estimate that has been made with its own.</summary>
    public const string SettingBesideEstimate = nameof(SettingBesideEstimate);

    /// <summary>No objective of that name is known.</summary>
    public const string ObjectiveUnknown = nameof(ObjectiveUnknown);

    /// <summary>A row of a list of prices names no GPU or instance, or its price is no number.</summary>
    public const string PriceInvalid = nameof(PriceInvalid);

    /// <summary>The cheapest deployment is asked for, and no prices are given.</summary>
    public const string PricesMissing = nameof(PricesMissing);

    /// <summary>A configuration of a training is not there.</summary>
    public const string TrainingConfigNotFound = nameof(TrainingConfigNotFound);

    /// <summary>The system does not let a configuration of a training be read: it is locked, forbidden, or a folder.</summary>
    public const string TrainingConfigUnreadable = nameof(TrainingConfigUnreadable);

    /// <summary>A configuration of a training is neither JSON nor of the part of YAML that is read; the error has the offset.</summary>
    public const string TrainingConfigInvalid = nameof(TrainingConfigInvalid);

    /// <summary>A configuration has the keys of no framework that is known.</summary>
    public const string TrainingConfigUnknown = nameof(TrainingConfigUnknown);

    /// <summary>A configuration's key has a value that makes no sense there, or that cannot be estimated.</summary>
    public const string TrainingConfigSettingInvalid = nameof(TrainingConfigSettingInvalid);

    /// <summary>Configurations of one run say different things of one setting.</summary>
    public const string TrainingConfigContradictory = nameof(TrainingConfigContradictory);

    /// <summary>No engine, launcher or scheduler of that name is known to write a start for.</summary>
    public const string LaunchTargetUnknown = nameof(LaunchTargetUnknown);

    /// <summary>No target follows from an estimate: its engine has none, or it names no engine.</summary>
    public const string LaunchTargetMissing = nameof(LaunchTargetMissing);

    /// <summary>The target does not do what was estimated: a server that trains, ranks that it cannot have.</summary>
    public const string LaunchTargetUnsuitable = nameof(LaunchTargetUnsuitable);

    /// <summary>An engine is to be started for a bare parameter count, which names no model.</summary>
    public const string LaunchNeedsModel = nameof(LaunchNeedsModel);

    /// <summary>The ranks do not multiply to the devices of an estimate, or these do not divide by those of a node.</summary>
    public const string LaunchLayoutInvalid = nameof(LaunchLayoutInvalid);

    /// <summary>A model's place cannot stand in a command or a file: it is empty, begins with a dash, or holds a zero.</summary>
    public const string LaunchModelPathInvalid = nameof(LaunchModelPathInvalid);

    /// <summary>No shell of that name is known.</summary>
    public const string LaunchShellUnknown = nameof(LaunchShellUnknown);

    /// <summary>An object is no estimate, nor the copy of one that remoting, jobs and Clixml make.</summary>
    public const string EstimateUnreadable = nameof(EstimateUnreadable);
}
